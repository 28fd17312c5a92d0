using System.Text.Json.Nodes;
using Edge.Bundles.Tokenization;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Tests.Model.Checkpoints;

[Collection(MicroTask.Collection)]
public sealed class TokenizerFileTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    [Fact]
    public void Open_TokenizerJsonAlone_HasItsTokensAndSettings()
    {
        var pieces = File.ReadAllLines(_folder.At("vocab.txt"));
        WriteTokenizer(json => json["normalizer"]!["strip_accents"] = false);
        File.Delete(_folder.At("vocab.txt"));

        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(pieces, checkpoint.Vocabulary.Pieces);
        Assert.Equal(new TokenizerSettings { StripAccents = false }, checkpoint.Vocabulary.Settings);
        Assert.Equal([2, 5, 6, 3], checkpoint.Vocabulary.CreateTokenizer().Encode("一丁").Ids);
    }

    [Fact]
    public void Open_AddedTokens_ArePieces()
    {
        WriteTokenizer(json => json["added_tokens"] = new JsonArray(Token(2, "[CLS]", true), Token(95, "GPT-4o", false)));

        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(96, checkpoint.VocabularySize);
        Assert.Equal([2, 5, 95, 6, 3], checkpoint.Vocabulary.CreateTokenizer().Encode("一gpt-4O丁").Ids);
    }

    [Theory]
    [InlineData("added_tokens.json", """{"GPT-4o": 95}""")]
    [InlineData("tokenizer_config.json",
        """{"added_tokens_decoder": {"0": {"content": "[PAD]", "special": true}, "95": {"content": "GPT-4o", "normalized": true}}}""")]
    public void Open_AddedTokensBesideVocabTxt_ArePieces(string file, string json)
    {
        File.WriteAllText(_folder.At(file), json);

        var checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal([2, 5, 95, 6, 3], checkpoint.Vocabulary.CreateTokenizer().Encode("一gpt-4O丁").Ids);
        Assert.Equal("GPT-4o", Assert.Single(checkpoint.Vocabulary.Settings.AddedTokens!).Text);
    }

    [Fact]
    public void Open_AddedTokensAfterWriting_AreTheSame()
    {
        File.WriteAllText(_folder.At("added_tokens.json"), """{"GPT-4o": 95}""");
        var checkpoint = Checkpoint.Open(_folder.Path);
        var settings = checkpoint.Vocabulary.Settings with { FoldWidth = true };
        var written = Path.Combine(_folder.Path, "..", "written");

        CheckpointWriter.Write(
            written, CheckpointFolder.Sizes, CheckpointFolder.Weights, null, checkpoint.Vocabulary with { Settings = settings });

        var read = Checkpoint.Open(written).Vocabulary;
        Assert.Equal(settings, read.Settings);
        Assert.Equal(checkpoint.Vocabulary.Pieces, read.Pieces);
    }

    public static TheoryData<string, string> Others => new()
    {
        { """{"model": {"type": "Unigram"}}""", "model.type is Unigram" },
        { """{"normalizer": {"type": "NFKC"}}""", "normalizer.type is NFKC" },
        { """{"normalizer": null}""", "normalizer is" },
        { """{"normalizer": {"type": "Sequence", "normalizers": []}}""", "normalizer.type is Sequence" },
        { """{"normalizer": {"clean_text": false}}""", "normalizer.clean_text is false" },
        { """{"normalizer": {"content": "x"}}""", "normalizer.content is not known" },
        { """{"pre_tokenizer": {"type": "Metaspace"}}""", "pre_tokenizer.type is Metaspace" },
        { """{"post_processor": null}""", "post_processor is" },
        { """{"post_processor": {"type": "RobertaProcessing"}}""", "post_processor.type is RobertaProcessing" },
        { """{"post_processor": {"single": [{"Sequence": {"id": "A", "type_id": 0}}]}}""", "post_processor.single is A:0" },
        { """{"model": {"continuing_subword_prefix": "@@"}}""", "model.continuing_subword_prefix is @@" },
        { """{"model": {"unk_token": "<unk>"}}""", "model.unk_token is <unk>" },
        { """{"model": {"max_input_chars_per_word": 40}}""", "max_input_chars_per_word is 40" },
        { """{"model": {"dropout": 0.1}}""", "model.dropout is not known" },
        { """{"model": {"vocab": {"a": 5, "b": 5}}}""", "id 5 is" },
        { """{"model": {"vocab": {"a": -1}}}""", "the id of 'a' is -1" },
        { """{"sentence_splitter": {}}""", "has sentence_splitter" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Open_TokenizerOfAnotherKind_IsRefusedByName(string change, string expected)
    {
        WriteTokenizer(json => Merge(json, JsonNode.Parse(change)!.AsObject()));
        File.Delete(_folder.At("vocab.txt"));

        var message = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message;

        Assert.Contains("tokenizer.json: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer_config.json", """{"tokenizer_class": "PreTrainedTokenizerFast"}""", "tokenizer.json defines")]
    [InlineData("tokenizer_config.json", """{"word_tokenizer_type": "mecab", "do_lower_case": false}""", "word_tokenizer_type is mecab")]
    [InlineData("tokenizer_config.json", """{"subword_tokenizer_type": "character"}""", "subword_tokenizer_type is character")]
    [InlineData("tokenizer_config.json", """{"tokenizer_class": "BertJapaneseTokenizer"}""", "tokenizer_class is BertJapaneseTokenizer")]
    [InlineData("tokenizer_config.json", """{"never_split": ["x"]}""", "never_split")]
    [InlineData("added_tokens.json", """{"x": 100}""", "has id 100")]
    [InlineData("added_tokens.json", """{"x": 7}""", "id 7 is")]
    public void Open_OtherTokenizerBesideVocabTxt_IsRefused(string file, string json, string expected)
    {
        File.WriteAllText(_folder.At(file), json);

        Assert.Contains(
            expected, Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TokenizerClassInConfigJson_IsRefused()
    {
        _folder.WriteConfig(config => config["tokenizer_class"] = "BertJapaneseTokenizer");

        Assert.Contains("tokenizer_class is BertJapaneseTokenizer",
            Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FilesThatContradictEachOther_AreRefused()
    {
        WriteTokenizer(json => json["normalizer"]!["lowercase"] = false);
        File.WriteAllText(_folder.At("tokenizer_config.json"), """{"do_lower_case": true}""");
        var ofSettings = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message;
        File.Delete(_folder.At("tokenizer_config.json"));
        File.AppendAllText(_folder.At("vocab.txt"), "more\n");
        var ofPieces = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message;

        Assert.Contains("do_lower_case is true, and lowercase of", ofSettings, StringComparison.Ordinal);
        Assert.Contains("line 96 is 'more'", ofPieces, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PieceThatIsTwiceInVocabTxt_KeepsAllIds()
    {
        var pieces = File.ReadAllLines(_folder.At("vocab.txt"));
        pieces[10] = pieces[20];
        File.WriteAllLines(_folder.At("vocab.txt"), pieces);

        var tokenizer = Checkpoint.Open(_folder.Path).Vocabulary.CreateTokenizer();

        Assert.Equal([2, 20, 21, 3], tokenizer.Encode(pieces[20] + pieces[21]).Ids);
    }

    public void Dispose() => _folder.Dispose();

    // As the tokenizers library writes a BERT's.
    private void WriteTokenizer(Action<JsonObject> change)
    {
        var json = JsonNode.Parse("""
            {
              "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
              "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
              "pre_tokenizer": {"type": "BertPreTokenizer"},
              "post_processor": {
                "type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
                         {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
                "special_tokens": {}
              },
              "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
              "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}
            }
            """)!.AsObject();
        json["model"]!["vocab"] = new JsonObject(File.ReadAllLines(_folder.At("vocab.txt")).Select(
            (piece, id) => KeyValuePair.Create(piece, (JsonNode?)JsonValue.Create(id))));
        change(json);
        File.WriteAllText(_folder.At("tokenizer.json"), json.ToJsonString());
    }

    private static JsonObject Token(int id, string text, bool special) => new()
    {
        ["id"] = id, ["content"] = text, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = !special,
        ["special"] = special,
    };

    private static void Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is JsonObject inside && target[name] is JsonObject before)
                Merge(before, inside);
            else
                target[name] = value?.DeepClone();
        }
    }
}
