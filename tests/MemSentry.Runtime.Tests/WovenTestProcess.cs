using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Tests;

/// <summary>Lets the test process pass for a woven program, so that its own arena is the real one.</summary>
[SetUpFixture]
public sealed class WovenTestProcess
{
    public const string Settings = "ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf";

    [OneTimeSetUp]
    public void Start() => WovenModule.Start("MemSentry.Runtime.Tests", AddressSpaceLayout.Version, Settings);
}
