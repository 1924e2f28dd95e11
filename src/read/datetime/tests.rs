use super::*;

/// Moments as "role date time offset", joined by "; ", with "!" for each date unread.
fn check(line: &str, expected: &str) {
    let times = times(line);
    let mut shown: Vec<String> = Vec::new();
    for (role, moment) in &times.moments {
        let mut words = match role {
            Role::Published => "pub ".to_owned(),
            Role::Updated => "upd ".to_owned(),
            Role::Unsaid => String::new(),
        };
        words.push_str(&moment.date.to_string());
        words.extend(moment.time.map(|t| format!(" {t}")));
        words.extend(moment.offset.map(|o| format!(" {o}")));
        shown.push(words);
    }
    shown.extend(times.unread.iter().map(|span| format!("!{}", &line[span.clone()])));
    assert_eq!(shown.join("; "), expected, "{line}");
}

#[test]
fn forms_of_real_copy() {
    check("Nov. 14, 2031 6:02 AM EST", "2031-11-14 06:02:00 -05");
    check("PUBLISHED: 00:01, Fri, Nov 14, 2031", "pub 2031-11-14 00:01:00");
    check("| UPDATED: 10:43, Fri, Nov 14, 2031", "upd 2031-11-14 10:43:00");
    check("Fri 14 Nov 2031 18.54 GMT", "2031-11-14 18:54:00 +00");
    check("Last modified on Fri 14 Nov 2031 18.56 GMT", "upd 2031-11-14 18:56:00 +00");
    check("November 14, 2031 / 12:21 AM / Updated 14 hours ago", "2031-11-14 00:21:00");
    check("14 November 2031, 5.20pm", "2031-11-14 17:20:00");
    check("2031-11-14T17:20:00Z", "2031-11-14 17:20:00 +00");
    check("2031-11-14T17:20:00.123+01:00", "2031-11-14 17:20:00 +01");
    check("2031-11-14 17:20", "2031-11-14 17:20:00");
    check("14/11/2031 17:20", "2031-11-14 17:20:00");
    check("November 14, 20315:20 PM GMTUpdated 2 hours ago", "2031-11-14 17:20:00 +00");
    check("11/14/2031", "2031-11-14");
    check("Published On 12 Mar 203012 Mar 2030", "pub 2030-03-12; 2030-03-12");
    check("03/12/2030 05:40 PM EST", "2030-03-12 17:40:00 -05");
    check("03/12/30 05:40 PM", "2030-12-03 17:40:00");
    check("03/04/2031", "2031-04-03");
    check("First published Friday 14th of November, 2031", "pub 2031-11-14");
    check("Updated 1720 GMT (0120 HKT) November 14, 2031", "upd 2031-11-14 17:20:00 +00");
    check("17:20, 14 Nov 2031Updated17:45, 15 Nov 2031", "2031-11-14 17:20:00; upd 2031-11-15 17:45:00");
    check("Friday 14 November 2031 17:20, UK", "2031-11-14 17:20:00");
    check("November 14, 2031 at 5:20 p.m. ET", "2031-11-14 17:20:00 -05");
    check("June 14, 2031 at 5:20 p.m. ET", "2031-06-14 17:20:00 -04");
    check(
        "Published: 17:20 BST, 14 June 2031 | Updated: 18:01 BST, 14 June 2031",
        "pub 2031-06-14 17:20:00 +01; upd 2031-06-14 18:01:00 +01",
    );
    check("Fri, 14 Nov 2031 17:20:00 +0100", "2031-11-14 17:20:00 +01");
    check("noon on 14 November 2031", "2031-11-14 12:00:00");
    check("14 Nov 2031 • 5:20pm", "2031-11-14 17:20:00");
    check("17h20, 14-Nov-2031", "2031-11-14 17:20:00");
    check("14 November 2031 12.05 a.m.", "2031-11-14 00:05:00");
    check("14 November 2031 UTC+1", "2031-11-14");
    check("14 November 2031 09:00 UTC+1", "2031-11-14 09:00:00 +01");
    check("20:45 BST Monday 3 June 2030", "2030-06-03 20:45:00 +01");
}

#[test]
fn what_is_no_date() {
    check("31 November 2031", "!31 November 2031");
    check("2031-13-45", "!2031-13-45");
    check("Feb. 30, 2031 6:02 AM", "!Feb. 30, 2031");
    check("Friday 14 November", "");
    check("In 2031, May said 14 of them left", "");
    check("down 3.38 to 55.12", "");
    check("", "");
    check("99999999999999999999/11/2031", "");
}

#[test]
fn lines_that_only_say_when() {
    let check = |line: &str, expected: bool| assert_eq!(times(line).only(), expected, "{line}");
    check("Updated 14 hours ago", true);
    check("Published", true);
    check("Friday 14 November", true);
    check("Last updated on 14 November 2031 at 5:20 p.m. local time", true);
    check("5:20 pm", true);
    check("The ferry left on 14 November 2031", false);
    check("Merrow", false);
    check("", false);
    check("30", false);
}
