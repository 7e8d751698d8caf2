using static MemSentry.Native.Crypt.Emission.VectorRegisters;

namespace MemSentry.Native.Crypt.Emission;

/// <summary>Encrypts blocks by AES-128 (FIPS 197), as many vectors at the same time as the caller has.</summary>
internal sealed class CipherEmitter(Lanes lanes)
{
    /// <summary>Encrypts the registers from 0 on.</summary>
    /// <param name="firstKey">The first round key in <see cref="SecretLayout"/>.</param>
    /// <param name="vectors">How many registers.</param>
    public void Emit(int firstKey, int vectors)
    {
        for (int round = 0; round < SecretLayout.RoundKeys; round++)
        {
            lanes.LoadSecret(Key, firstKey + round);
            for (int vector = 0; vector < vectors; vector++)
            {
                Round(vector, round);
            }
        }
    }

    private void Round(int vector, int round)
    {
        switch (round)
        {
            case 0:
                lanes.Xor(vector, vector, Key);
                break;
            case SecretLayout.RoundKeys - 1:
                lanes.LastRound(vector, Key);
                break;
            default:
                lanes.Round(vector, Key);
                break;
        }
    }
}
