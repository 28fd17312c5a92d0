namespace TorchSharp.Utils;

/// <summary>The name under which a field registers with its module, in place of the field's own.</summary>
[AttributeUsage(AttributeTargets.All)]
public sealed class ComponentNameAttribute : Attribute
{
    public string Name { get; set; } = "";
}
