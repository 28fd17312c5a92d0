using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Edge.Trainer.Model;

namespace Edge.Trainer.Tests.Model;

public sealed class ScalarsTests
{
    private const byte Call = 0x28;
    private const byte CallVirtual = 0x6f;

    [Fact]
    public void Of_SameNumber_IsTheSameObject()
    {
        Assert.Same(Scalars.Of(0.25), Scalars.Of(0.25));
        Assert.NotSame(Scalars.Of(1), Scalars.Of(1.0));
    }

    /// <summary>A number that nobody holds may be collected while libtorch reads it; only one class may make them.</summary>
    [Fact]
    public void Trainer_NumbersForTensors_ComeFromScalars()
    {
        using var file = new PEReader(File.OpenRead(typeof(Scalars).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var makers = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0
                && Makes(metadata, file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!))
            .Select(method => OutermostType(metadata, method.GetDeclaringType()))
            .ToHashSet();
        Assert.Equal(["Scalars"], makers);
    }

    private static bool Makes(MetadataReader metadata, byte[] code)
    {
        for (var i = 0; i + 4 < code.Length; i++)
        {
            var token = BitConverter.ToInt32(code, i + 1);
            if (code[i] is Call or CallVirtual && token >> 24 == (int)TableIndex.MemberRef
                && (token & 0xffffff) <= metadata.GetTableRowCount(TableIndex.MemberRef)
                && IsOfTensors(metadata, metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(token & 0xffffff)))
                && Makes(typeof(Scalars).Module.ResolveMethod(token)!))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsOfTensors(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference
        && metadata.GetString(
            metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) is "Scalar" or "Tensor" or "TensorExtensionMethods";

    // What TorchSharp 0.107 makes a number in: operators on plain numbers, sums (their factor), square (its exponent),
    // readings of a tensor as a number.
    private static bool Makes(MethodBase method) => (method.DeclaringType!.Name, method.Name, method.GetParameters()) switch
    {
        ("TensorExtensionMethods", _, _) => true,
        (_, "op_Addition" or "square" or "square_", _) => true,
        (_, "add" or "add_", { Length: 1 }) => true,
        var (_, name, parameters) =>
            name.StartsWith("op_", StringComparison.Ordinal) && parameters.Any(parameter => parameter.ParameterType.IsPrimitive),
    };

    private static string OutermostType(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? OutermostType(metadata, outer) : metadata.GetString(type.Name);
    }
}
