using System.CommandLine;
using Edge.Bundles;
using Edge.Bundles.Common;

namespace Edge.Trainer.Commands;

/// <summary><c>edge-trainer sign</c>: signs a bundle, for boxes that trust its key only.</summary>
internal static class SignCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Required = true, HelpName = "DIR", Description = "The bundle." };
        var key = new Option<string>("--key")
        {
            Required = true, HelpName = "FILE",
            Description = "ECDSA private key, PEM: openssl ecparam -name prime256v1 -genkey -noout -out key.pem"
        };
        var command = new Command("sign",
            "Signs a bundle: boxes whose Bundles:TrustedKeys has the key's public part take no other.\n"
            + "Example: edge-trainer sign --bundle bundles/first --key key.pem")
        {
            bundle, key,
        };
        command.SetAction(arguments => CommandGuard.Run("sign", Console.Error, () =>
        {
            var signed = BundleSigner.Sign(arguments.GetRequiredValue(bundle), arguments.GetRequiredValue(key));
            Console.WriteLine($"{signed.Directory}: bundle {signed.Manifest.Id} is signed ({BundleFiles.Signature})");
            return ExitCode.Done;
        }));
        return command;
    }
}
