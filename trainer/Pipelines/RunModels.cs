using Edge.Bundles.Common;
using Edge.Trainer.Model;

namespace Edge.Trainer.Pipelines;

/// <summary>The models of a run, and its settings where they follow from a checkpoint.</summary>
/// <param name="Teacher">Sizes of the teacher.</param>
/// <param name="Student">Sizes of the student.</param>
/// <param name="Settings">The recipe, with the rates of a pretrained teacher where there is one.</param>
/// <param name="Rules">What a budget is divided by.</param>
internal sealed record RunModels(BertConfig Teacher, BertConfig Student, RunRecipe Settings, BudgetRules Rules)
{
    /// <summary>Decides on the models.</summary>
    /// <exception cref="UserException">Settings do not fit the models.</exception>
    public static RunModels Of(RunOptions options, RunRecipe recipe, PreparedData data, PretrainedTeacher? pretrained)
    {
        var student = Config(options.StudentSize);
        var teacher = options.TeacherSize is { } size ? Config(size) : student;
        var settings = recipe;
        var rules = BudgetRules.Of(recipe, data.Task, data.Train.Count);
        if (pretrained is not null)
        {
            teacher = pretrained.TeacherConfig(data.Task, recipe.Pooling);
            student = PretrainedTeacher.StudentConfig(ModelSize.Parse(options.StudentSize)!, teacher, () => student);
            var shares = StudentTraining.SharePretraining(teacher, student, recipe.Distillation);
            settings = PretrainedTeacher.Settings(recipe, teacher, shares);
            rules = rules.FromCheckpoint(shares);
        }
        UserException.ThrowIfAny(
            [.. settings.Distillation.Problems("distillation", student, teacher), .. settings.FineTuning.ProblemsFor(teacher.Layers)]);
        return new RunModels(teacher, student, settings, rules);

        BertConfig Config(string name) =>
            recipe.Fresh(ModelSize.Parse(name)!, data.Tokenizer.VocabularySize, data.Task.MaxLength);
    }
}
