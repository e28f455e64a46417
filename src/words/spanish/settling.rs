use crate::words::Settling;

pub const SETTLING: Settling = Settling {
    title: "Antes del resultado",
    offer: |questions| match questions {
        1 => "En una respuesta dijo que no lo sabe, y de ella depende el resultado.".to_owned(),
        _ => format!("En {questions} respuestas dijo que no lo sabe, y de ellas depende el resultado."),
    },
    how: "Podemos preguntarlo otra vez, punto por punto, a veces con una prueba sencilla. Lo que siga sin saber cuenta igual que antes.",
    ask_me: "Pregúnteme otra vez",
    go_to_result: "Ir al resultado tal como está",
    once_more: "otra vez",
    at_offer: "Escriba \"sí\" para que se lo preguntemos otra vez, o \"no\" para ir al resultado tal como está.",
    heading: "Preguntado otra vez",
    not_sure: "No lo sabe",
    was_unsure: |ask, answer| format!("{ask} Al principio no lo sabía; después: {answer}"),
    still_unsure: |ask| format!("{ask} No lo sabía; preguntado otra vez: sigue sin saberlo"),
};
