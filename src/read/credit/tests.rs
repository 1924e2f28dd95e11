use super::*;

fn parts(text: &str, photographer: &str, agency: &str) {
    let credit = credit(text);
    assert_eq!(credit.photographer.as_deref().unwrap_or(""), photographer, "{text}");
    assert_eq!(credit.agency.as_deref().unwrap_or(""), agency, "{text}");
}

#[test]
fn credits_come_apart() {
    parts("Ola Brandt/Northsound", "Ola Brandt", "Northsound");
    parts("Ola Brandt/PA Wire/PA Images", "Ola Brandt", "PA");
    parts("PA", "", "PA");
    parts("GETTY", "", "Getty");
    parts("REUTERS/Ola Brandt", "Ola Brandt", "Reuters");
    parts("REUTERS/OLA BRANDT/File Photo", "Ola Brandt", "Reuters");
    parts("AP Photo/Ola Brandt, File", "Ola Brandt", "AP");
    parts("NORTHSOUND/Ola Brandt", "Ola Brandt", "Northsound");
    parts("CALDER COURIER/Hanne Lowe", "Hanne Lowe", "Calder Courier");
    parts("Northsound Photo/Ola Brandt, File", "Ola Brandt", "Northsound");
    parts("OLA BRANDT/NORTHSOUND", "Ola Brandt", "NORTHSOUND");
    parts("ITV via AP", "", "AP");
    parts("AFP via Getty Images", "", "Getty");
    parts("Ola Brandt/Northsound via AP, File", "Ola Brandt", "AP");
    parts("Ola Brandt", "Ola Brandt", "");
    parts("Ola Brandt for the Calder Courier", "Ola Brandt", "the Calder Courier");
    parts("Ola Brandt, Northsound Wire", "Ola Brandt", "Northsound Wire");
    parts("Ola Brandt / AFP - Getty Images", "Ola Brandt", "Getty");
    parts("Ola Brandt Photo", "Ola Brandt", "");
    parts("Ola Brandt 2030", "Ola Brandt", "");
    parts("Ola Brandt, Staff Photographer", "Ola Brandt", "");
    parts("Ola Brandt | The Calder Courier", "Ola Brandt", "The Calder Courier");
    parts("Brandt/Northsound", "Brandt", "Northsound");
    parts("ITV, ASSOCIATED PRESS", "", "AP");
    parts("Merrow Harbour Police", "", "Merrow Harbour Police");
    parts("", "", "");
}

fn check(line: &str, caption: &str, credit: Option<&str>) {
    let found = caption_line(line, &Desk::default());
    assert_eq!(&line[found.caption.clone()], caption, "{line}");
    assert_eq!(found.credit.clone().map(|c| &line[c]), credit, "{line}");
}

#[test]
fn captions_with_bracketed_credits() {
    check("A ferry at dusk. (Ola Brandt/Northsound)", "A ferry at dusk.", Some("Ola Brandt/Northsound"));
    check("A ferry at dusk (Ola Brandt/PA) (Ola Brandt/PA)", "A ferry at dusk", Some("Ola Brandt/PA"));
    check("A ferry at dusk (PA)", "A ferry at dusk", Some("PA"));
    check("A ferry at dusk (Image: GETTY)", "A ferry at dusk", Some("GETTY"));
    check("A ferry at dusk (Picture: Ola Brandt)", "A ferry at dusk", Some("Ola Brandt"));
    check("A ferry at dusk. (AP Photo/Ola Brandt, File)", "A ferry at dusk.", Some("AP Photo/Ola Brandt, File"));
    check("A ferry at dusk. (Ola Brandt)", "A ferry at dusk.", Some("Ola Brandt"));
    check("A ferry at dusk [Ola Brandt/AFP]", "A ferry at dusk", Some("Ola Brandt/AFP"));
    check(
        "A ferry (left) at dusk. (Handout via Northsound)",
        "A ferry (left) at dusk.",
        Some("Handout via Northsound"),
    );
    check("A ferry at dusk. (Photo by Ola Brandt/Northsound)", "A ferry at dusk.", Some("Ola Brandt/Northsound"));
    check("A ferry at dusk (Supplied)", "A ferry at dusk", Some("Supplied"));
}

#[test]
fn captions_with_credits_after_them() {
    check("A ferry at dusk. REUTERS/Ola Brandt", "A ferry at dusk.", Some("REUTERS/Ola Brandt"));
    check(
        "A ferry at dusk, November 14, 2031. REUTERS/Ola Brandt/File Photo",
        "A ferry at dusk, November 14, 2031.",
        Some("REUTERS/Ola Brandt/File Photo"),
    );
    check("A ferry at dusk. AP Photo/Ola Brandt", "A ferry at dusk.", Some("AP Photo/Ola Brandt"));
    check("‘A nuisance.’ Photograph: AFP via Getty", "‘A nuisance.’", Some("AFP via Getty"));
    check("A ferry at dusk Photograph: Ola Brandt/Northsound", "A ferry at dusk", Some("Ola Brandt/Northsound"));
    check("A ferry at dusk. Picture: Ola Brandt", "A ferry at dusk.", Some("Ola Brandt"));
    check("A ferry at dusk. Pic by Ola Brandt", "A ferry at dusk.", Some("Ola Brandt"));
    check("A ferry at dusk | Ola Brandt/Northsound", "A ferry at dusk", Some("Ola Brandt/Northsound"));
    check("A ferry at dusk. Ola Brandt via AP, File", "A ferry at dusk.", Some("Ola Brandt via AP, File"));
    check("1of4A ferry at dusk. Photo: Ola Brandt / Northsound", "A ferry at dusk.", Some("Ola Brandt / Northsound"));
    check("1 of 4: A ferry at dusk. (Ola Brandt/AP)", "A ferry at dusk.", Some("Ola Brandt/AP"));
    check("FILE PHOTO: A ferry at dusk. REUTERS/Ola Brandt", "A ferry at dusk.", Some("REUTERS/Ola Brandt"));
    check(
        "FILE - In this photo, a ferry. (AP Photo/Ola Brandt, File)",
        "In this photo, a ferry.",
        Some("AP Photo/Ola Brandt, File"),
    );
    check("Image caption, A ferry at dusk", "A ferry at dusk", None);
    check("Image caption A ferry at dusk", "A ferry at dusk", None);
    check(
        "[1/2]A ferry at dusk. REUTERS/Ola Brandt Acquire Licensing Rights",
        "A ferry at dusk.",
        Some("REUTERS/Ola Brandt"),
    );
    check(
        "A ferry at dusk.Credit...Ola Brandt for The Calder Courier",
        "A ferry at dusk.",
        Some("Ola Brandt for The Calder Courier"),
    );
    check("Image: A ferry at dusk. Pic: AP", "A ferry at dusk.", Some("AP"));
    check("Image: Ingrid Marsh said the ferry would sail", "Ingrid Marsh said the ferry would sail", None);
    check("Photo: Ola Brandt", "", Some("Ola Brandt"));
    check("(Photo: A ferry at dusk. Credit: Ola Brandt)", "A ferry at dusk.", Some("Ola Brandt"));
    check(
        "A ferry on March 12, 2030.Ola Brandt / Northsound",
        "A ferry on March 12, 2030.",
        Some("Ola Brandt / Northsound"),
    );
    check("A ferry at dusk (Ola Brandt)", "A ferry at dusk", Some("Ola Brandt"));
    check("A ferry at dusk © Ola Brandt 2030", "A ferry at dusk", Some("Ola Brandt 2030"));
    check("A ferry at dusk.Picture:Northsound", "A ferry at dusk.", Some("Northsound"));
    check("A ferry at dusk (Source: Harbour Office)", "A ferry at dusk", Some("Harbour Office"));
    check("A ferry at dusk hide caption", "A ferry at dusk", None);
    check("A ferry at dusk (ABC News: Ola Brandt)", "A ferry at dusk", Some("ABC News: Ola Brandt"));
    check("A ferry at dusk [File: Ola Brandt/Reuters]", "A ferry at dusk", Some("Ola Brandt/Reuters"));
    check("Ingrid Marsh. Photo: Ola Brandt/RollingNews.ie", "Ingrid Marsh.", Some("Ola Brandt/RollingNews.ie"));
    check("A ferry at dusk. Credit: Getty Images", "A ferry at dusk.", Some("Getty Images"));
}

#[test]
fn what_is_no_credit() {
    for line in [
        "He works on the exchange (NYSE).",
        "The exchange in Merrow (MSE)",
        "(Graphic: Merrow tides in 2031 - here)",
        "“It is a nuisance,” he said. (Laughter)",
        "The vote was 6/4, Renn said.",
        "He wore an open collar and/or a scarf.",
        "The ferry left at 9. Renn followed.",
        "1 of 4 ferries was late",
        "The line is run by Merrow (Calder) Ltd.",
        "",
    ] {
        let found = caption_line(line, &Desk::default());
        assert_eq!((found.credit.clone(), found.sure), (None, false), "{line}");
    }
}

#[test]
fn lines_that_are_credits() {
    let mut desk = Desk::default();
    desk.learn("Northsound");
    let check = |line: &str, credit: Option<&str>| {
        assert_eq!(credit_line(line, &desk).map(|c| &line[c]), credit, "{line}");
    };
    check("ITV, ASSOCIATED PRESS", Some("ITV, ASSOCIATED PRESS"));
    check("HARBOUR OFFICE, ASSOCIATED PRESS", Some("HARBOUR OFFICE, ASSOCIATED PRESS"));
    check("(Ola Brandt/Northsound)", Some("Ola Brandt/Northsound"));
    check("Ola Brandt/Northsound", Some("Ola Brandt/Northsound"));
    check("Image source, Getty Images", Some("Getty Images"));
    check("Image copyright Getty Images", Some("Getty Images"));
    check("Photo: Ola Brandt", Some("Ola Brandt"));
    check("Picture by Ola Brandt", Some("Ola Brandt"));
    check("AP Photo/Ola Brandt", Some("AP Photo/Ola Brandt"));
    check("Credit: Merrow Police", Some("Merrow Police"));
    check("Getty Images", Some("Getty Images"));
    check("Northsound", Some("Northsound"));
    check("Ola Brandt Photo", Some("Ola Brandt Photo"));
    check("Ola Brandt | Getty Images", Some("Ola Brandt | Getty Images"));
    check("© Northsound / Ola Brandt", Some("Northsound / Ola Brandt"));
    check("© 2030 Northsound / Ola Brandt", None);
    check("By Ola Brandt | Northsound", None);
    check("Ferry sails on | Harbour | The Calder Courier", None);
    check("Picture: The ferry leaves Merrow at dusk", None);
    check("The ferry and/or the tunnel", None);
    check("Ola Brandt", None);
    check("Merrow", None);
    check("The ferry at dusk (Image: GETTY)", None);
}
