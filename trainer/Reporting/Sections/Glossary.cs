using System.Xml.Linq;
using Edge.Trainer.Evaluation;
using Edge.Trainer.Reporting.Html;

namespace Edge.Trainer.Reporting.Sections;

/// <summary>What the words of the report mean.</summary>
internal static class Glossary
{
    private static readonly (string Chinese, string English, string ChineseMeaning, string EnglishMeaning)[] Entries =
    [
        ("准确率与召回率", "Precision and recall", "准确率：模型给出的答案里有多少是对的。召回率：应该找到的有多少找到了。",
            "Precision: how many of the model's answers are right. Recall: how many of those that should be found are found."),
        ("F1", "F1", "准确率与召回率的调和平均，0 到 100，越高越好；两者有一个低，F1 就低。",
            "The harmonic mean of precision and recall, 0 to 100; low as soon as one of them is low."),
        ("把握", "How sure", "模型对自己答案的信心，已用开发集校准：说 90% 把握的答案，应当有九成是对的。",
            "The model's confidence in its own answer, calibrated on the dev set: of answers with 90 %, nine in ten should be right."),
        ("门槛", "Threshold", "把握达到门槛的答案直接采用，低于门槛的作为不确定案例交人工复核。",
            "Answers at least this sure are accepted; the others are uncertain cases that people review."),
        ("置信区间", "Interval", $"换一批同样大小的测试语句，指标会有波动；区间给出波动的范围（自助法重采样 {Bootstrap.Resamples:N0} 次）。",
            $"Another test set of the same size would give another figure; the interval says how far it would move " +
            $"(bootstrap, {Bootstrap.Resamples:N0} samples)."),
        ("教师与学生", "Teacher and student", "大模型（教师）先学，小模型（学生）再向它学；设备上运行的是学生，INT8 是压缩后的文件。",
            "A larger model, the teacher, learns first and a small one, the student, learns from it. The appliance runs the student; " +
            "INT8 is its compressed file."),
    ];

    /// <summary>Writes the section.</summary>
    public static XElement Write() => Tag.Of(
        "section", "",
        Tag.Of("details", "", Tag.Of("summary", "", Tag.Both("名词解释", "What the words mean")),
            Tag.Of("dl", "", Entries.SelectMany(entry => new[]
        {
            Tag.Of("dt", "", Tag.Both(entry.Chinese, entry.English)),
            Tag.Of("dd", "", Tag.Both(entry.ChineseMeaning, entry.EnglishMeaning)),
        }))));
}
