namespace TorchSharp.Modules;

public class ParamGroup : torch.optim.ILearningRateController
{
    /// <summary>Enumerated anew at each use: pass a list.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public OptimizerOptions? Options { get; set; }

    public double LearningRate { get => Options!.LearningRate!.Value; set => Options!.LearningRate = value; }

    public double InitialLearningRate { get => Options!.InitialLearningRate; set => Options!.InitialLearningRate = value; }
}

public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options;
    }

    public new TOptions Options { get => (TOptions)base.Options!; set => base.Options = value; }
}
