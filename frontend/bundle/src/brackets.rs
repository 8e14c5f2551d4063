//! Finds the bracket, string or comment that a stylesheet forgets to close.
//!
//! CSS closes what is open at the end of a file without a word (CSS Syntax 3, 5.4), and since rules nest, everything below
//! a forgotten `}` silently becomes a part of the rule above it. So we count for ourselves.

/// Where it goes wrong (line and column from 1) and what.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: u32,
    pub column: u32,
    pub what: String,
}

/// The first fault of the stylesheet, if any.
pub fn fault(css: &str) -> Option<Fault> {
    let mut scan = Scan {
        rest: css.chars().peekable(),
        line: 1,
        column: 0,
    };
    let mut open: Vec<(char, u32, u32)> = Vec::new();
    let mut word = String::new();
    while let Some(sign) = scan.next() {
        let (line, column) = (scan.line, scan.column);
        let wrong = match sign {
            '\\' => {
                scan.next();
                None
            }
            '/' if scan.peek('*') => unclosed("comment", scan.skip_comment()),
            '"' | '\'' => unclosed("string", scan.skip_string(sign)),
            '(' if word == "url" && scan.at_bare_url() => unclosed("address", scan.skip_bare_url()),
            '(' | '[' | '{' => {
                open.push((closing(sign), line, column));
                None
            }
            ')' | ']' | '}' => match open.pop() {
                Some((expected, ..)) if expected == sign => None,
                Some((expected, from, _)) => Some(format!(
                    "`{sign}` stands where `{expected}` should close what line {from} opens"
                )),
                None => Some(format!("`{sign}` closes nothing")),
            },
            _ => None,
        };
        if let Some(what) = wrong {
            return Some(Fault { line, column, what });
        }
        if sign.is_ascii_alphanumeric() || sign == '-' {
            word.push(sign.to_ascii_lowercase());
        } else {
            word.clear();
        }
    }
    let (closing, line, column) = open.pop()?;
    Some(Fault {
        line,
        column,
        what: format!("what opens here is never closed: a `{closing}` is missing here or below"),
    })
}

fn unclosed(what: &str, closed: bool) -> Option<String> {
    (!closed).then(|| format!("this {what} is never closed"))
}

fn closing(opening: char) -> char {
    match opening {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

struct Scan<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: u32,
    column: u32,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<char> {
        // The line begins anew with the sign after the line feed.
        let sign = self.rest.next()?;
        if sign == '\n' {
            self.line += 1;
            self.column = 0;
        } else {
            self.column += 1;
        }
        Some(sign)
    }

    fn peek(&mut self, sign: char) -> bool {
        self.rest.peek() == Some(&sign)
    }

    fn skip_comment(&mut self) -> bool {
        self.next();
        while let Some(sign) = self.next() {
            if sign == '*' && self.peek('/') {
                self.next();
                return true;
            }
        }
        false
    }

    fn skip_string(&mut self, quote: char) -> bool {
        while let Some(sign) = self.next() {
            match sign {
                '\\' => drop(self.next()),
                '\n' => return false,
                _ if sign == quote => return true,
                _ => {}
            }
        }
        false
    }

    /// After `url(`: the address has no quotes, so that signs in it mean nothing.
    fn at_bare_url(&mut self) -> bool {
        while self.rest.peek().is_some_and(|sign| sign.is_whitespace()) {
            self.next();
        }
        !self.peek('"') && !self.peek('\'')
    }

    fn skip_bare_url(&mut self) -> bool {
        while let Some(sign) = self.next() {
            match sign {
                '\\' => drop(self.next()),
                ')' => return true,
                _ => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(css: &str) -> Option<(u32, u32)> {
        fault(css).map(|f| (f.line, f.column))
    }

    #[test]
    fn whole_stylesheets_have_no_fault() {
        for css in [
            "",
            "a { color: red; .b & { color: blue } }",
            "/* } */ a::before { content: \"}\\\"{\"; } .a\\:b\\} {}",
            "a { background: url(data:image/svg+xml,%3Csvg'%3E{) } [x=\"]\"] {}",
            "a { background: url( \"x(.svg\" ) }",
            "@media (width < 45rem) { :is(a, b):not([c]) { width: calc((1px + 2px) * 3) } }",
        ] {
            assert_eq!(fault(css), None, "{css}");
        }
    }

    #[test]
    fn what_stays_open_is_named_with_its_line() {
        assert_eq!(at("a {}\nb {\n  c { }\n"), Some((2, 3)));
        assert_eq!(at("a { width: calc(1px; }"), Some((1, 22)));
        assert_eq!(at("a { }\n}"), Some((2, 1)));
        assert_eq!(at("a {}\n  /* no end"), Some((2, 3)));
        assert_eq!(at("a { content: \"no end\n; }"), Some((1, 14)));
        assert_eq!(at("a { b: url(no end"), Some((1, 11)));
    }
}
