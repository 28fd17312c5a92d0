namespace Edge.Trainer.Data;

/// <summary>The Han ranges of BERT's reference tokenizer (<c>_is_chinese_char</c>), which makes each a word of its own.</summary>
internal static class Han
{
    /// <summary>True for CJK ideographs; kana and hangul are words as in other languages.</summary>
    public static bool Is(int codePoint) => codePoint is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
