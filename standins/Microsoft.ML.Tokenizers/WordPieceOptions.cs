namespace Microsoft.ML.Tokenizers;

public class WordPieceOptions
{
    public PreTokenizer? PreTokenizer { get; set; }

    public Normalizer? Normalizer { get; set; }

    public string UnknownToken { get; set; } = "[UNK]";

    public string ContinuingSubwordPrefix { get; set; } = "##";

    /// <summary>Words of more UTF-16 units than this become the unknown token.</summary>
    public int MaxInputCharsPerWord { get; set; } = 100;
}
