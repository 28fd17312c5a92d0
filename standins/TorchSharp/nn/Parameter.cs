namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains. It takes the place of the tensor it is made of, in its dispose scope too.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.with_requires_grad(requires_grad).MoveHandle(), register: false) => DisposeScope.ReplaceWith(data, this);

    internal Parameter(nint handle) : base(handle)
    {
    }
}
