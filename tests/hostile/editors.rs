use super::{Family, Reported};

/// People files and sidecars that are wrong are left out, and the reports are built without them.
#[test]
fn what_editors_write_wrongly_is_reported() {
    let mut family = Family::default();
    for (i, toml) in [
        "nam = \"Ingrid Marsh\"",
        "name = 1",
        "name = \"\"",
        "name = \"A\"\nname = \"B\"",
        "name = \"Ola\"\naliases = 3",
        "name = \"Ola\"\nsame_as = [\"javascript:alert(1)\"]",
        "name = \"Ola\"\nslot = 99",
        "name = \"Ola\"\narticles = [\"../../../etc/passwd\"]",
        "name = \"Ola\"\n[[roles]]\ntitle = \"Mayor\"\nfrom = 2031-02-30",
    ]
    .iter()
    .enumerate()
    {
        family.file(format!("content/people/wrong-{i}.md"), Reported(None), |word| {
            format!("+++\n{toml}\n+++\n\nThe life of {word}.\n")
        });
    }
    family.file("content/people/yaml.md", Reported(None), |word| format!("---\nname: Ola\n---\n\n{word}\n"));
    for (i, toml) in
        ["x", "[[quotation]]\nexact = 1", "[[quotation]]\nexact = \"\"", "[[quotatoin]]\nexact = \"a\"", "a = [[[[[["]
            .iter()
            .enumerate()
    {
        family.beside(&format!("content/s{i}.md"), super::report("", "“We sail,” said Ingrid Marsh."));
        family.file(format!("content/s{i}.annotations.toml"), Reported(None), |word| format!("# {word}\n{toml}\n"));
    }
    family.file("content/nobody.annotations.toml", Reported(None), |word| {
        format!("# {word}\n[[quotation]]\nexact = \"We sail\"\nspeaker = \"?\"\n")
    });
    // People who are each other, and who are themselves.
    family.beside("content/people/a.md", "+++\nname = \"Ola Brandt\"\naliases = [\"Lucia Ferrant\", \"Ola Brandt\"]\nformer = [\"lucia-ferrant\", \"ola-brandt\"]\n+++\n");
    family.beside(
        "content/people/b.md",
        "+++\nname = \"Lucia Ferrant\"\naliases = [\"Ola Brandt\"]\nformer = [\"ola-brandt\", \"ingrid-marsh\"]\n+++\n",
    );
    family.beside("content/both.md", super::report("", "“We sail,” said Ola Brandt.\n\n“No,” said Lucia Ferrant."));
    family.check(|_| {});
}
