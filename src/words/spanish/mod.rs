//! Spanish: neutral, plain, and to the person as `usted`.

mod again;
mod board;
mod handout;
mod intake;
mod keys;
mod kiosk;
mod outlook;
mod plain;
mod report;
mod screen;
mod settling;
mod touch;

use jiff::civil::Date;

use super::{Answers, Asking, Language, Words, digits, names_in, short_date};

pub const SPANISH: Words = Words {
    language: Language::Spanish,
    number: |number| digits(number, ","),
    date,
    day,
    weekday: |date| names_in(date, &WEEKDAYS, &MONTHS).0,
    short_date: |date| short_date(date, &MONTHS),
    answers: ANSWERS,
    asking: ASKING,
    again: again::AGAIN,
    settling: settling::SETTLING,
    outlook: outlook::OUTLOOK,
    plain: plain::PLAIN,
    screen: screen::SCREEN,
    touch: touch::TOUCH,
    handout: handout::HANDOUT,
    intake: intake::INTAKE,
    keys: keys::KEYS,
    kiosk: kiosk::KIOSK,
    board: board::BOARD,
    report: report::REPORT,
};

const ANSWERS: Answers = Answers {
    // It says nothing of whether it is a man or a woman who answers.
    unsure: "No lo sé",
    typed_unsure: &[
        "no se",
        "no lo se",
        "nose",
        "ns",
        "ni idea",
        "no recuerdo",
        "no me acuerdo",
        "no sabria",
        "no estoy seguro",
        "no estoy segura",
        "no seguro",
        "no segura",
    ],
    typed_none: &[
        "ninguno",
        "ninguna",
        "ninguno de estos",
        "ninguna de estas",
        "nada",
        "nada de eso",
        "nada de lo anterior",
    ],
    yes: "Sí",
    no: "No",
    typed_yes: &["s"],
    typed_no: &["n"],
    typed_and: &["y", "e"],
    none: "sin respuesta",

    takes_whole_number: "Aquí va un número entero",
    takes_decimals: |digits| match digits {
        1 => "Aquí va un número con un decimal como máximo".to_owned(),
        _ => format!("Aquí va un número con {digits} decimales como máximo"),
    },
    takes_number: |min, max| format!("Aquí va un número de {min} a {max}"),
    which_unit: |numbers| format!("¿En qué unidad está? Escríbala también: {}", numbers.join(" o ")),
    two_readings: |thousands, decimal| format!("Esto puede querer decir {thousands} o {decimal}"),
    type_either: |thousands, decimal| format!("Escriba {thousands} sin separador, o {decimal}"),
    type_first_or_shorter: |thousands, digits| {
        format!("Escriba {thousands} sin separador, o un número con {digits} decimales como máximo")
    },
    nothing_to_answer: "Aquí no hay nada que responder",
    unsure_not_taken: |unsure| format!("\"{unsure}\" no es una respuesta a esta pregunta"),
    out_of_bounds: "Es demasiado bajo o demasiado alto",
    not_in_digits: "No es un número en cifras",
    too_long: |max| format!("Tiene más de {max} caracteres"),
    needs_an_answer: "Hay que responder a esta pregunta",
    no_answer_here: "Eso no es una respuesta aquí",
    no_such_number: |number| format!("No hay ninguna respuesta con el número {number}"),
};

const ASKING: Asking = Asking {
    stop_here: "¿Le hace falta ayuda ahora mismo?",
    why_we_ask: "Por qué lo preguntamos",
    no_reason: "Ayuda a quien le atiende a entender lo demás.",
    rests_on: "Se basa en",
    answers_so_far: "Sus respuestas hasta ahora",
    page_to_read: "Una página para leer",
    only_language: "Aquí no hay otro idioma.",
    unreadable_language: "No se puede leer el otro idioma.",

    no_longer_apply: "Con este cambio, estas respuestas ya no valen",
    set_aside: "Quedan apartadas y no cuentan para nada. Si deshace el cambio, vuelven.",
    less_urgent: "Este cambio hace que el resultado sea menos urgente",
    no_result: "sin resultado hasta que responda más preguntas",

    say_on_the_phone: "Diga por teléfono",

    saved: |path| format!("Guardado como {path}. Tiene datos de salud: guárdelo en privado."),
    something_else_there: "ya hay otra cosa con ese nombre",
    no_folder: "esa carpeta no existe",
    not_allowed: "no tiene permiso para escribir ahí",
    disk_full: |folder| format!("ya no queda espacio en el disco en {folder}"),
    read_only: "este disco es solo de lectura",
    nobody_reads: "nadie lee lo que se escribe ahí",
    no_control_characters: "un nombre no lleva caracteres de control ni marcas que den la vuelta al texto",
    no_such_format: |ending| format!("puede ser un archivo .txt, .md, .html o .json, no .{ending}"),
    report_printed: |path, why| {
        format!(
            "no se guardó {path}; el informe se muestra aquí y desde aquí puede guardarlo en otro lugar: {why}"
        )
    },
    report_not_printed: |path, why| {
        format!("no se guardó {path} y tampoco se pudo mostrar el informe: {why}")
    },
};

const WEEKDAYS: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// Such as `sábado 5 de diciembre de 2026`.
fn date(date: Date) -> String {
    format!("{} de {}", day(date), date.year())
}

fn day(date: Date) -> String {
    let (weekday, month) = names_in(date, &WEEKDAYS, &MONTHS);
    format!("{weekday} {} de {month}", date.day())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    #[test]
    fn dates_are_written_as_in_spanish() {
        let saturday = jiff::civil::date(2026, 12, 5);
        assert_eq!(date(saturday), "sábado 5 de diciembre de 2026");
        assert_eq!(date(jiff::civil::date(2027, 1, 1)), "viernes 1 de enero de 2027");
        assert_eq!((SPANISH.short_date)(saturday), "5 dic 2026");
        let week: Vec<_> = (0..7).map(|day| date(saturday.saturating_add(day.days()))).collect();
        for weekday in WEEKDAYS {
            assert_eq!(week.iter().filter(|date| date.starts_with(weekday)).count(), 1, "{weekday}");
        }
    }

    #[test]
    fn decimals_stand_after_a_comma() {
        assert_eq!([64.0, 2.6, -0.0].map(SPANISH.number), ["64", "2,6", "0"]);
    }
}
