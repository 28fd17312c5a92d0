using Edge.Bundles.Tokenization;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>A vocabulary, and how text is brought to its pieces.</summary>
/// <param name="File">One piece a line.</param>
/// <param name="Settings">Settings of the tokenizer.</param>
internal sealed record GivenVocabulary(string File, TokenizerSettings Settings);
