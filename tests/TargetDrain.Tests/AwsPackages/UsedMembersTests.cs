using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace TargetDrain.Tests.AwsPackages;

/// <summary>
/// The function is compiled here against a stand-in for the AWS packages and deployed with the official ones. What it
/// uses of them is written down in UsedMembers.txt, to be held against the official packages whenever it changes.
/// </summary>
public sealed class UsedMembersTests
{
    [Fact]
    public void The_function_uses_exactly_the_members_that_are_written_down()
    {
        var written = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "AwsPackages", "UsedMembers.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
        var used = Used(Path.Combine(AppContext.BaseDirectory, "TargetDrain.dll"));

        var differences = used.Except(written).Select(member => $"+ {member}").Concat(written.Except(used).Select(member => $"- {member}")).ToList();
        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary><see cref="TargetDrain.Targets.ComputeClient"/> passes over it, so it would be null.</summary>
    [Fact]
    public void The_function_never_asks_for_an_instances_type() =>
        Assert.DoesNotContain(
            Used(Path.Combine(AppContext.BaseDirectory, "TargetDrain.dll")),
            member => member.StartsWith("Amazon.EC2.Model.Instance.get_InstanceType(", StringComparison.Ordinal));

    private static List<string> Used(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var names = new TypeNames();
        return metadata.MemberReferences
            .Select(handle => metadata.GetMemberReference(handle))
            .Select(member => (Type: Parent(metadata, member, names), Member: member))
            .Where(used => used.Type.StartsWith("Amazon.", StringComparison.Ordinal))
            .Select(used => $"{used.Type}.{Signature(metadata, used.Member, names)}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private static string Parent(MetadataReader metadata, MemberReference member, TypeNames names) => member.Parent.Kind switch
    {
        HandleKind.TypeReference => names.GetTypeFromReference(metadata, (TypeReferenceHandle)member.Parent, 0),
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(names, null),
        _ => "",
    };

    private static string Signature(MetadataReader metadata, MemberReference member, TypeNames names)
    {
        var name = metadata.GetString(member.Name);
        if (member.GetKind() == MemberReferenceKind.Field) return $"{name}: {member.DecodeFieldSignature(names, null)}";
        var method = member.DecodeMethodSignature(names, null);
        return $"{name}({string.Join(", ", method.ParameterTypes)}): {method.ReturnType}";
    }

    /// <summary>Types as C# writes them, near enough for a person.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeReference(handle);
            var name = reader.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}.{name}"
                : $"{reader.GetString(type.Namespace)}.{name}";
        }

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            $"{genericType.Split('`')[0]}<{string.Join(", ", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[,]";

        public string GetByReferenceType(string elementType) => $"ref {elementType}";

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function pointer";
    }
}
