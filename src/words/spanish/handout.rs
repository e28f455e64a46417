//! Taking a result along, in Spanish.

use super::super::Handout;

pub const HANDOUT: Handout = Handout {
    result: "Resultado",
    title: "En mi teléfono",
    how: "Apunte al cuadro con la cámara de su teléfono.",
    offers: "El teléfono le ofrece un contacto: a quién llamar, con su resultado como nota. No se envía nada.",
    holds: "Contiene el resultado y la fecha. No lleva su nombre ni nada de lo que contestó.",
    holds_what_to_say: "Contiene el resultado, la fecha y qué decir por teléfono. No lleva su nombre.",
    private: "Quien vea esta pantalla también puede llevárselo.",
    no_room: "Esta ventana es demasiado pequeña para el cuadro.",
    no_colours: "El cuadro necesita colores, y aquí no los hay.",
    instead: "Anótelo, o hágale una foto:",
    close: "Esc volver",
    button: "Cód. QR",
};
