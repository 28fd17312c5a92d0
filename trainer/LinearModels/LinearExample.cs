using Edge.Bundles.Tokenization;
using Edge.Trainer.Data;
using Edge.Trainer.Examples;

namespace Edge.Trainer.LinearModels;

/// <summary>An utterance ready for linear models.</summary>
/// <param name="Features">What heads that judge a whole utterance see.</param>
/// <param name="Tokens">What span heads see.</param>
/// <param name="Words">The words with their places, in the form that <see cref="Edge.Bundles.Decoding.BioDecoder"/> takes; all are
/// utterance tokens.</param>
/// <param name="Targets">What each head should answer, in the task's order; tags are by word.</param>
/// <param name="Utterance">The utterance itself.</param>
internal sealed record LinearExample(
    FeatureSet Features, TokenSequence Tokens, EncodedUtterance Words, IReadOnlyList<HeadTarget> Targets, LabelledUtterance Utterance);
