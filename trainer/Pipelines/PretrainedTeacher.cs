using Edge.Bundles.Tasks;
using Edge.Trainer.Model;
using Edge.Trainer.Model.Checkpoints;

namespace Edge.Trainer.Pipelines;

/// <summary>A run whose teacher starts from a checkpoint (<c>--teacher</c>): vocabulary, sizes and rates follow from it.</summary>
internal sealed class PretrainedTeacher(Checkpoint checkpoint)
{
    private const double PublishedWidth = 768;

    /// <summary>
    /// The vocabulary that teacher and student read. The whole one: pieces that the training text lacks are those that callers surprise
    /// with.
    /// </summary>
    public GivenVocabulary Vocabulary => checkpoint.Vocabulary;

    /// <summary>What a person wants to know of it.</summary>
    public IEnumerable<string> Describe() => checkpoint.Describe();

    /// <summary>What the checkpoint can read.</summary>
    public ModelLimits Limits { get; } = new(checkpoint.Folder, checkpoint.MaxLength, checkpoint.Config);

    /// <summary>Sizes of the teacher.</summary>
    public BertConfig TeacherConfig(TaskDefinition task, Pooling freshPooling) => checkpoint.ConfigFor(task.MaxLength, freshPooling);

    /// <summary>
    /// Sizes of the student: in all that does not make it smaller those of the teacher, where its width allows to start from the teacher's
    /// layers.
    /// </summary>
    public static BertConfig StudentConfig(ModelSize size, BertConfig teacher, Func<BertConfig> otherwise) =>
        (size.Hidden, size.Intermediate) == (teacher.HiddenSize, teacher.IntermediateSize)
        && (size.HasUsualHeads || size.Heads == teacher.AttentionHeads)
            ? teacher with { Layers = size.Layers }
            : otherwise();

    /// <summary>The settings of this run: what starts from trained weights learns more slowly.</summary>
    public static RunRecipe Settings(RunRecipe recipe, BertConfig teacher, bool studentSharesLayers)
    {
        var gentle = recipe.FromCheckpoint with
        {
            LearningRate = Math.Min(0.1, recipe.FromCheckpoint.LearningRate * PublishedWidth / teacher.HiddenSize)
        };
        return recipe with { Teacher = gentle, Student = studentSharesLayers ? gentle : recipe.Student };
    }

    /// <summary>Copies the checkpoint's weights into a model.</summary>
    public void LoadInto(BertTaskModel model) => checkpoint.LoadInto(model);

    /// <summary>Says which checkpoint it is, by what its files hold.</summary>
    public string Fingerprint() => checkpoint.Fingerprint();
}
