//! Where somebody asks another person, in Spanish.

use super::super::Intake;

pub const INTAKE: Intake = Intake {
    undone: |what| format!("Deshecho: {what}"),
    nothing_to_undo: "Todavía no hay ninguna respuesta que deshacer.",
    nothing_else: |section| format!("¿Nada más en «{section}»?"),
    still_asked: "Esto no incluye lo siguiente, que falta preguntar:",
    left_out: "sin contestar",
    nothing_covered: "Aquí no queda ninguna línea que se pueda contestar solo con «ninguno» o «no».",
    row_open: "Esta línea todavía no tiene respuesta.",
    still_open: |open| {
        if open == 1 {
            "Falta 1 pregunta: es esta.".to_owned()
        } else {
            format!("Faltan {open} preguntas: esta es la primera.")
        }
    },
    set_aside: |count| {
        if count == 1 {
            "1 respuesta ya no cuenta y queda aparte. Esc la recupera.".to_owned()
        } else {
            format!("{count} respuestas ya no cuentan y quedan aparte. Esc las recupera.")
        }
    },
    provenance: ["lo dijo el paciente", "observado", "del historial"],
    note: "Nota",
    note_on: |ask| format!("Una nota sobre: {ask}"),
    answer_first: "Conteste primero esta línea: una nota va con una respuesta.",
    corrected: |ask, old, new| format!("{ask}: {new} (antes: {old})"),
    jump: "Ir a una pregunta, por su número o una palabra:",
    jump_none: "Ninguna pregunta de ahora tiene eso.",
    low: "bajo",
    high: "alto",
    usual: |min, max| match (min, max) {
        (Some(min), Some(max)) => format!("habitual {min} a {max}"),
        (Some(min), None) => format!("habitual desde {min}"),
        (None, Some(max)) => format!("habitual hasta {max}"),
        (None, None) => String::new(),
    },
    type_on: |value| format!("Enter acepta {value}, o escriba la cifra siguiente."),
    not_joined: |joined, value| format!("{joined} no está en la escala. Enter acepta {value}."),
    write_here: "Espacio para escribir",
    sections: "Secciones",
    red_flags: "Señales de alarma",
    positives: "Hallazgos",
    open: "Falta",
    no_open: "No falta nada.",
    none_yet: "Ninguno por ahora",
    handover: "Traspaso hasta ahora",
    is_possible: "Niveles",
    reference: "Referencia",
    section_of: |at, all| format!("sección {at} de {all}"),
    open_rows: |open| {
        if open == 0 {
            "completa".to_owned()
        } else if open == 1 {
            "falta 1".to_owned()
        } else {
            format!("faltan {open}")
        }
    },
    not_kept: "No se pudo guardar esta respuesta",
    not_kept_why: |why| {
        format!(
            "{why} La página se queda aquí con la respuesta hasta que se guarde o usted decida otra cosa."
        )
    },
    try_again: "Intentarlo otra vez",
    on_paper: "Seguir y anotar las respuestas en papel: desde aquí no se guarda nada",
    drop_answer: "Deshacer esta respuesta",
    unkept: "SIN GUARDAR",
    none: "ninguno",
    go_through: "Revise esto primero: señales de alarma, dudas y lo que decidió. Enter abre una; Esc sigue.",
    both: |ask, ours, theirs| format!("{ask}: aquí {ours}, allí {theirs}."),
    leave_kept: "Salir. Lo contestado queda guardado en el almacén",
    finish_kept: "Terminar. Lo contestado queda guardado en el almacén",
};
