using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: groups, the state of each parameter by its handle, saving and loading.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    protected OptimizerOptions _defaults = new();
    protected OrderedDict<nint, OptimizerState> _state = new();

    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        var states = state_dict();
        writer.Encode(states.Options.Count);
        writer.Encode(states.State.Count);
        foreach (var options in states.Options)
            options.SaveStateDict(writer);
        foreach (var state in states.State)
            state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var type = reader.ReadString();
        if (type != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{type}' in the loaded stream.");
        var groupCount = reader.Decode();
        var stateCount = reader.Decode();
        var mine = state_dict();
        CheckCounts(mine, groupCount, stateCount);
        foreach (var options in mine.Options)
            options.LoadStateDict(reader);
        foreach (var state in mine.State)
            state.LoadStateDict(reader);
    }

    /// <summary>Copies another optimizer's state. Call it outside dispose scopes: the copies would die with the scope.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var mine = this.state_dict();
        CheckCounts(mine, state_dict.Options.Count, state_dict.State.Count);
        for (var i = 0; i < mine.Options.Count; i++)
        {
            if (!ReferenceEquals(mine.Options[i], state_dict.Options[i]))
                mine.Options[i].LoadStateDict(state_dict.Options[i]);
        }
        for (var i = 0; i < mine.State.Count; i++)
        {
            if (!ReferenceEquals(mine.State[i], state_dict.State[i]))
                mine.State[i].LoadStateDict(state_dict.State[i]);
        }
    }

    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            result.Options.Add(group.Options!);
            var indices = new List<int>();
            result.StateIndexRef.Add(indices);
            foreach (var parameter in group.Parameters)
            {
                indices.Add(result.State.Count);
                result.State.Add(_state[parameter.Handle]);
            }
        }
        return result;
    }

    public void to(Device device)
    {
        foreach (var parameter in parameters())
            _state[parameter.Handle].to(device);
    }

    /// <summary>The closure runs with gradients, the step of each group without.</summary>
    protected Tensor? Step(Action<ParamGroup> body, Func<Tensor>? closure)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var withGradients = enable_grad();
            loss = closure();
        }
        using var without = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups)
            body(group);
        return loss;
    }

    /// <summary>Adds the group with its options completed and the state of its parameters made.</summary>
    protected void Add(ParamGroup group, Func<Parameter, OptimizerState> stateOf)
    {
        group.Options!.InitialLearningRate = group.Options.LearningRate!.Value;
        _parameter_groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            var state = stateOf(parameter);
            _state[parameter.Handle] = state;
            state.Initialize(group.Options);
        }
    }

    // A parameter that was replaced since (by `to` or `load`) is not found: KeyNotFoundException, as in the real package.
    protected OptimizerState StateOf(Parameter parameter) => _state[parameter.IsInvalid ? 0 : parameter.Handle];

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        foreach (var (_, state) in _state)
            (state as IDisposable)?.Dispose();
        _state.clear();
    }

    private static void CheckCounts(StateDictionary mine, long groups, long states)
    {
        if (groups != mine.Options.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != mine.State.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }
}
