#:property PublishAot=false
// The public types of an assembly, as forwards to wherever else they are: compiled into an assembly of the same name, they
// let ApiCompat, which pairs assemblies by name, hold one assembly against many.
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

using var file = new PEReader(File.OpenRead(args[0]));
var metadata = file.GetMetadataReader();
foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
{
    if ((type.Attributes & TypeAttributes.VisibilityMask) != TypeAttributes.Public) continue;
    var name = metadata.GetString(type.Name).Split('`');
    var parameters = name.Length == 2 ? $"<{new string(',', int.Parse(name[1], System.Globalization.CultureInfo.InvariantCulture) - 1)}>" : "";
    Console.WriteLine($"[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(global::{metadata.GetString(type.Namespace)}.{name[0]}{parameters}))]");
}
