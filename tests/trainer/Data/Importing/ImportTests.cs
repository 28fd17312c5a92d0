using Edge.Trainer.Data;
using Edge.Trainer.Data.Files;
using Edge.Trainer.Data.Importing;

namespace Edge.Trainer.Tests.Data.Importing;

/// <summary>Files as the tools and data sets write them, each with an emoji before an entity.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("token lists with tags", "a.jsonl", """
        {"id":"0","tokens":["EU","rejects","German","call","😀","Peter","Blackburn"],"pos_tags":[22,42,16,21,1,22,22],"ner_tags":["B-ORG","O","B-MISC","O","O","B-PER","I-PER"]}
        {"id":"1","tokens":["Paris"],"ner_tags":["B-LOC"]}
        """, "EU:ORG|German:MISC|Peter Blackburn:PER / Paris:LOC")]
    [InlineData("token lists with tags", "a.json", """
        [{"tokens":["我","去","😀","北","京"],"tags":["O","O","O","B-LOC","E-LOC"],"intent":"travel"},
         {"tokens":["好"],"tags":["O"],"intent":"ok"}]
        """, "北京:LOC / ")]
    [InlineData("CoNLL columns", "bio.conll",
        "-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\n😀 NN O O\nPeter NNP B-NP B-PER\nBlackburn NNP I-NP I-PER\n\nParis NNP B-NP B-LOC\n",
        "EU:ORG|Peter Blackburn:PER / Paris:LOC")]
    [InlineData("CoNLL columns", "iob1.txt", "EU\tI-ORG\n😀\tO\nPeter\tI-PER\nBlackburn\tI-PER\nAnna\tB-PER\n\nParis\tI-LOC\r\n\r\n",
        "EU:ORG|Peter Blackburn:PER|Anna:PER / Paris:LOC")]
    [InlineData("CoNLL columns", "bioes.txt", "我 O\n😀 O\n叫 O\n王 B-PER\n小 I-PER\n明 E-PER\n  O\n京 S-LOC\n\n好 O\n", "王小明:PER|京:LOC / ")]
    [InlineData("CoNLL columns", "bilou.bio", "# id = 1\n#\tO\nPeter\tB-PER\n😀\tO\nAnna\tU-PER\n\nNew\tB-LOC\nYork\tL-LOC\n",
        "Peter:PER|Anna:PER / New York:LOC")]
    [InlineData("doccano", "a.jsonl", """
        {"id":1,"text":"😀 EU rejects German call","label":[[2,4,"ORG"],[13,19,"MISC"]]}
        {"id":2,"text":"hello","label":[]}
        """, "EU:ORG|German:MISC / ")]
    [InlineData("doccano", "relations.jsonl", """
        {"id":1,"text":"😀 EU rejects German call","entities":[{"id":0,"label":"ORG","start_offset":2,"end_offset":4}],"relations":[{"id":1,"from_id":0,"to_id":0,"type":"x"}],"Comments":[]}
        {"id":2,"text":"hello","entities":[],"relations":[]}
        """, "EU:ORG / ")]
    [InlineData("Label Studio (JSON)", "a.json", """
        [{"id":1,"annotations":[{"id":9,"was_cancelled":true,"result":[]},{"id":10,"was_cancelled":false,"result":[
           {"value":{"start":3,"end":5,"text":"EU","labels":["ORG"]},"id":"x","from_name":"label","to_name":"text","type":"labels"},
           {"value":{"choices":["Neutral"]},"id":"y","from_name":"sentiment","to_name":"text","type":"choices"}]}],
          "data":{"text":"😀 EU rejects"},"predictions":[]},
         {"id":2,"annotations":[{"id":11,"result":[]}],"data":{"text":"hello"}}]
        """, "EU:ORG / ")]
    [InlineData("Label Studio (JSON-MIN)", "min.json", """
        [{"text":"😀 EU rejects","id":1,"label":[{"start":3,"end":5,"text":"EU","labels":["ORG"]}],"sentiment":"Neutral","annotator":1,"annotation_id":1,"created_at":"2026-01-01","updated_at":"2026-01-01","lead_time":3.5},
         {"text":"hello","id":2,"sentiment":"Positive","annotator":1,"annotation_id":2,"lead_time":1}]
        """, "EU:ORG / ")]
    [InlineData("Label Studio (CSV)", "min.csv",
        "annotation_id,annotator,created_at,id,label,lead_time,sentiment,text,updated_at\r\n"
        + "1,1,2026-01-01,1,\"[{\"\"start\"\":3,\"\"end\"\":5,\"\"text\"\":\"\"EU\"\",\"\"labels\"\":[\"\"ORG\"\"]}]\","
        + "3.5,Neutral,😀 EU rejects,2026-01-01\r\n"
        + "2,1,2026-01-01,2,,1,Positive,hello,2026-01-01\r\n", "EU:ORG / ")]
    [InlineData("Prodigy", "a.jsonl", """
        {"text":"😀 EU rejects","_input_hash":1,"_task_hash":2,"tokens":[{"text":"😀","start":0,"end":1,"id":0}],"spans":[{"start":2,"end":4,"token_start":1,"token_end":1,"label":"ORG"}],"answer":"accept"}
        {"text":"wrong","_input_hash":3,"_task_hash":4,"spans":[{"start":0,"end":5,"label":"ORG"}],"answer":"reject"}
        {"text":"unclear","spans":[],"answer":"ignore"}
        {"text":"hello","spans":[],"answer":"accept"}
        """, "EU:ORG / ")]
    [InlineData("Rasa (YAML)", "nlu.yml", """
        version: "3.1"

        nlu:
        - intent: travel
          examples: |
            - 😀 from [Berlin](city) to [San Francisco]{"entity": "city", "role": "to", "value": "SF"} [now]
            - to [Rome](city:ROM)
        - intent: greet
          examples:
          - text: |
              hello
        - synonym: SF
          examples: |
            - San Francisco
        - lookup: cities
          examples: |
            - Rome
        stories:
        - story: a
        """, "Berlin:city|San Francisco:city / Rome:city / ")]
    [InlineData("Rasa (JSON)", "nlu.json", """
        {
          "rasa_nlu_data": {
            "common_examples": [
              {"text":"😀 from Berlin","intent":"travel","entities":[{"start":7,"end":13,"value":"BER","entity":"city"}]},
              {"text":"hello","intent":"greet","entities":[]}
            ],
            "regex_features": [{"name":"zip","pattern":"[0-9]{5}"}], "lookup_tables": [], "entity_synonyms": []
          }
        }
        """, "Berlin:city / ")]
    [InlineData("CLUENER", "dev.json", """
        {"text":"😀浙商银行企业信贷部叶老桂博士","label":{"name":{"叶老桂":[[10,12]]},"company":{"浙商银行":[[1,4]]}}}
        {"text":"你好","label":{}}
        """, "浙商银行:company|叶老桂:name / ")]
    public void Read_FileOfAFormat_IsRecognisedAndItsEntitiesAreRight(string format, string name, string content, string entities)
    {
        var (found, report) = Read(name, content);

        Assert.Equal(format, found);
        Assert.Equal(entities, string.Join(" / ", report.Utterances.Select(utterance => string.Join('|',
            utterance.Spans.Values.SelectMany(list => list)
                .Select(span => $"{utterance.Text[span.Start..span.End]}:{span.Label}")))));
        Assert.All(report.Utterances, utterance => Assert.Single(utterance.Spans));
    }

    [Fact]
    public void Read_LabelStudioPrivateAndSeveralChoices_AreHeads()
    {
        var (_, report) = Read("a.json", """
            [{"id":1,"annotations":[{"result":[{"value":{"choices":["a","b"]},"from_name":"topics","type":"choices"},
               {"value":{"rating":4},"from_name":"stars","type":"rating"}]}],"data":{"review":"good"}},
             {"id":2,"annotations":[{"result":[{"value":{"choices":["a"]},"from_name":"topics","type":"choices"}]},{"result":[]}],"data":{"review":"bad"}},
             {"id":3,"annotations":[],"data":{"review":"later"}}]
            """);

        Assert.Equal(["a,b", "a"], report.Utterances.Select(u => string.Join(',', u.Multi["topics"])));
        Assert.Equal(3, report.Rows);
        var lines = string.Join('\n', report.Lines());
        Assert.Contains("left, 1 row: it is not annotated (line 4)", lines, StringComparison.Ordinal);
        Assert.Contains("rating 1", lines, StringComparison.Ordinal);
        Assert.Contains("further annotations of a task 1", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Rasa_SaysWhatItLeftAndWhere()
    {
        var (_, report) = Read("nlu.yml",
            "version: \"3.1\"\nnlu:\n- intent: faq/ask\n  examples: |\n    - one [x](a)\n    two\n- regex: zip\n"
            + "  examples: |\n    - \\d{5}\nrules:\n- rule: r\n");

        Assert.Equal(("one x", "faq/ask", 5), (Assert.Single(report.Utterances).Text, report.Utterances[0].Single["intent"],
            report.Utterances[0].Line));
        var lines = string.Join('\n', report.Lines());
        Assert.Contains("left, 1 row: an example does not start with '- ' (line 6)", lines, StringComparison.Ordinal);
        Assert.Contains("not taken: regular expressions 1, rules 1", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RasaThatIsNoYaml_NamesTheLine() =>
        Assert.Contains("nlu.yml:3", Assert.Throws<DataException>(() => Read("nlu.yml", "nlu:\n- intent: a\n  examples: \"x\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_TagsAsNumbers_NeedTheirNames()
    {
        const string Rows = "{\"tokens\":[\"New\",\"York\",\"!\"],\"ner_tags\":[1,2,0]}\n";

        Assert.Contains("--tags O,B-PER", Assert.Throws<DataException>(() => Read("a.jsonl", Rows)).Message, StringComparison.Ordinal);
        Assert.Contains("name all",
            Assert.Throws<DataException>(() => Read("a.jsonl", Rows, new ImportOptions { Tags = ["O", "B-LOC"] })).Message,
            StringComparison.Ordinal);
        var (_, report) = Read("a.jsonl", Rows, new ImportOptions { Tags = ["O", "B-LOC", "I-LOC"] });
        Assert.Equal((0, 8), (report.Utterances[0].Spans["entities"][0].Start, report.Utterances[0].Spans["entities"][0].End));
    }

    [Fact]
    public void Read_TextBesideTokens_IsKept()
    {
        var (_, report) = Read("a.jsonl",
            "{\"text\":\"In New  York!\",\"tokens\":[\"In\",\"New\",\"York\",\"!\"],\"tags\":[\"O\",\"B-LOC\",\"I-LOC\",\"O\"]}\n"
            + "{\"text\":\"other\",\"tokens\":[\"In\"],\"tags\":[\"O\"]}\n{\"tokens\":[\"a\",\"b\"],\"tags\":[\"O\"]}\n");

        var span = Assert.Single(Assert.Single(report.Utterances).Spans["entities"]);
        Assert.Equal("New  York", report.Utterances[0].Text[span.Start..span.End]);
        Assert.Equal((3, 2), (report.Rows, report.Left));
    }

    [Theory]
    [InlineData(OffsetUnit.Utf16, 1)]
    [InlineData(OffsetUnit.CodePoints, 0)]
    public void Read_OffsetsInTheUnitThatIsSaid_Win(object unit, int left)
    {
        var (_, report) = Read("a.json", """
            [{"annotations":[{"result":[{"value":{"start":2,"end":4,"text":"EU","labels":["ORG"]},"from_name":"label","type":"labels"}]}],"data":{"text":"😀 EU"}}]
            """, new ImportOptions { Offsets = (OffsetUnit)unit });

        Assert.Equal(left, report.Left);
    }

    [Theory]
    [InlineData("{\"text\":\"ab\",\"label\":[[0,5,\"X\"]]}", "outside of the text")]
    [InlineData("{\"text\":\"abc\",\"label\":[[0,2,\"X\"],[1,3,\"Y\"]]}", "spans overlap")]
    [InlineData("{\"text\":\"\\u200b\",\"label\":[]}", "the text is empty")]
    [InlineData("{\"text\":\"\\ud83d\",\"label\":[]}", "half of a surrogate pair")]
    [InlineData("{\"text\":\"a\",\"label\":[]", "not valid JSON")]
    [InlineData("{\"label\":[]}", "there is no text")]
    [InlineData("[1]", "the row is no object")]
    public void Read_RowThatCannotBeTaken_IsLeftWithItsReason(string row, string reason)
    {
        var (_, report) = Read("a.jsonl", "{\"text\":\"ab\",\"label\":[[0,1,\"X\"]]}\n" + row + "\n");

        Assert.Equal((2, 1), (report.Rows, report.Left));
        Assert.Contains($"{reason}", string.Join('\n', report.Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.jsonl", "{\"text\":\"a\",\"intent\":\"x\",\"entities\":[{\"label\":\"A\",\"start\":0,\"end\":1}]}\n")]
    [InlineData("a.jsonl", "{\"text\":\"a\",\"compliance\":[\"x\",\"y\"],\"label\":[\"B\"]}\n")]
    [InlineData("a.csv", "text,intent\na,O\nb,B-x\n")]
    [InlineData("a.json", "[{\"context\":\"a\",\"response\":\"b\",\"intent\":\"x\"}]")]
    public void Recognise_OwnForms_AreNone(string name, string content) =>
        Assert.Null(ImportFormats.Recognise(TextFile.Read(_folder.Write(name, content))));

    private (string Format, ImportReport Report) Read(string name, string content, ImportOptions? options = null)
    {
        var file = TextFile.Read(_folder.Write(name, content));
        var source = ImportSource.Of(file);
        var format = ImportFormats.Of(source);
        Assert.NotNull(format);
        var report = new ImportReport(file.Name);
        format.Read(source, options ?? new ImportOptions(), report);
        foreach (var (line, problem) in source.Broken) report.Leave(line, problem);
        return (format.Name, report);
    }
}
