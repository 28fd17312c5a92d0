using System.Text;
using Edge.Appliance.Analysis;
using Edge.Appliance.UncertainCases;
using Edge.Bundles.Masking;

namespace Edge.Appliance.Answering;

/// <summary>
/// JIT warm-up: takes one made utterance the whole way from payload to stored form, so that the first caller does not wait for the
/// compiler.
/// </summary>
internal static class Rehearsal
{
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"id":"rehearsal","text":"你好 hello 13800138000","context":"1"}""");

    /// <summary>Runs it; nothing is published or stored.</summary>
    public static void Run(ReadyBundle ready)
    {
        if (!new UtteranceReader(maxTextLength: 100).TryRead(Payload, UtteranceForm.Either, out var utterance, out var error))
            throw new InvalidOperationException(error.Message);
        using var analyzed = ready.Analyzer.Analyze(utterance.Text, utterance.Context);
        var details = new AnswerDetails { Id = utterance.Id!, Latency = TimeSpan.Zero };
        AnswerWriter.Write(analyzed, details);
        new UncertainCaseFactory(new AnswerMasking(new PersonalDataMasker())).Create(
            new AnsweredUtterance("rehearsal", utterance, analyzed, details, DateTimeOffset.UnixEpoch));
    }
}
