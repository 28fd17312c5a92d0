using Edge.Trainer.Data;

namespace Edge.Trainer.Tests.Data;

public sealed class LanguageGuessTests
{
    private static readonly string[] Spanish =
    [
        "quiero cancelar mi pedido por favor", "cuándo llega el paquete que compré ayer", "no me funciona la contraseña de la cuenta",
        "necesito hablar con un agente ahora mismo", "cuánto cuesta el envío a Madrid", "me cobraron dos veces el mismo recibo",
        "quisiera cambiar la dirección de entrega", "el técnico no vino a mi casa el martes", "dónde está mi factura del mes pasado",
    ];

    private static readonly string[] German =
    [
        "ich möchte meine Bestellung stornieren", "wann kommt das Paket an das ich gestern bestellt habe",
        "ich brauche einen Termin für den Techniker", "warum ist meine Rechnung so hoch in diesem Monat",
        "können Sie mich bitte mit einem Mitarbeiter verbinden", "das Internet geht seit heute früh nicht mehr",
        "ich habe mein Kennwort vergessen und komme nicht in mein Konto", "was kostet der Versand nach Wien",
    ];

    [Fact]
    public void Of_LatinLanguagesWithoutEnglishWords_IsNotEnglish() =>
        Assert.Equal(["und", "und"], [LanguageGuess.Of(Spanish), LanguageGuess.Of(German)]);

    [Theory]
    [InlineData("我的订单U2942到哪了 ok", "zh")]
    [InlineData("what is the weather", "en")]
    [InlineData("注文はいつ届きますか", "ja")]
    [InlineData("주문 언제 와요", "ko")]
    [InlineData("где мой заказ", "und")]
    [InlineData("", "en")]
    public void Of_AScript_IsItsLanguage(string text, string language) => Assert.Equal(language, LanguageGuess.Of([text]));
}
