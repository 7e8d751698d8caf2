using System.Text;

namespace MemSentry.AccessTable.Tests.Lookup;

/// <summary>Overrides a listed member, so that nothing the framework promises about it holds.</summary>
internal sealed class OwnEncoding : UTF8Encoding
{
    public override unsafe int GetCharCount(byte* bytes, int count) => *(bytes - 1);
}
