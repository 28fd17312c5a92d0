using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Edge.Bench.Tests.Documentation;

/// <summary>Summaries of an assembly's members, as Markdown.</summary>
internal sealed partial class XmlComments
{
    private readonly Dictionary<string, XElement> _members;
    private readonly Func<string, string> _nameOf;

    /// <summary>Reads the file that the compiler writes beside the assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="nameOf">How a property is called in the settings.</param>
    public XmlComments(Assembly assembly, Func<string, string> nameOf)
    {
        var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml"));
        _members = file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        _nameOf = nameOf;
    }

    /// <summary>The summary of a property or a field.</summary>
    public string Of(MemberInfo member)
    {
        var kind = member is PropertyInfo ? 'P' : 'F';
        var name = $"{kind}:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}";
        if (!_members.TryGetValue(name, out var found))
            throw new InvalidOperationException($"{name} has no comment");
        var text = string.Concat(found.Element("summary")!.Nodes().Select(Markdown));
        return Spaces().Replace(text, " ").Trim();
    }

    private string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see when see.Attribute("cref")!.Value[0] is 'P' or 'F' =>
            $"`{_nameOf(see.Attribute("cref")!.Value.Split('.')[^1])}`",
        _ => throw new InvalidOperationException($"a comment of a setting names {node}, which no reader of the settings knows"),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
