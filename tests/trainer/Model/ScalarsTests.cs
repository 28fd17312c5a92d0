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

    /// <summary>A number that nobody holds may be collected while libtorch reads it; only two classes may make one.</summary>
    [Fact]
    public void Trainer_NumbersForTensors_ComeFromScalars()
    {
        using var file = new PEReader(File.OpenRead(typeof(Scalars).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var makers = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0 && Makes(metadata, file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!))
            .Select(method => OutermostType(metadata, method.GetDeclaringType()))
            .ToHashSet();
        Assert.Equal(["AdamW", "Scalars"], makers.Order(StringComparer.Ordinal));
    }

    private static bool Makes(MetadataReader metadata, byte[] code)
    {
        for (var i = 0; i + 4 < code.Length; i++)
        {
            var token = BitConverter.ToInt32(code, i + 1);
            if (code[i] is Call or CallVirtual && token >> 24 == (int)TableIndex.MemberRef && (token & 0xffffff) <= metadata.GetTableRowCount(TableIndex.MemberRef)
                && IsOperator(metadata, metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(token & 0xffffff)))
                && typeof(Scalars).Module.ResolveMethod(token)!.GetParameters().Any(parameter => parameter.ParameterType.IsPrimitive))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsOperator(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) is "Scalar" or "Tensor"
        && metadata.GetString(member.Name).StartsWith("op_", StringComparison.Ordinal);

    private static string OutermostType(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? OutermostType(metadata, outer) : metadata.GetString(type.Name);
    }
}
