using Edge.Bundles.Tasks;

namespace Edge.Trainer.Reporting.Content;

/// <summary>Names of heads and figures for people, in Chinese and in English.</summary>
internal static class HeadWords
{
    /// <summary>Name of a head; heads that the product does not know keep their own.</summary>
    public static (string Chinese, string English) Name(string head) => head switch
    {
        "intent" => ("意图", "Intent"),
        "sentiment" => ("情感", "Sentiment"),
        "entities" => ("实体", "Entities"),
        "compliance" => ("合规", "Compliance"),
        "style" => ("风格", "Style"),
        "suitability" => ("回复合适度", "Suitability"),
        "topics" => ("话题", "Topics"),
        _ => (head, head),
    };

    /// <summary>Name of a kind's main figure.</summary>
    public static (string Chinese, string English) MainFigure(HeadKind kind) => kind switch
    {
        HeadKind.Single => ("正确率", "accuracy"),
        HeadKind.Score => ("平均误差", "mean error"),
        _ => ("F1", "F1"),
    };
}
