namespace Fuzz;

/// <summary>Members that only load through their parameter, one for each type. In loops they take the place of their calls.</summary>
public static unsafe class Accessors
{
    public static sbyte @sbyte(byte* address, int index) => ((sbyte*)address)[index];

    public static byte @byte(byte* address, int index) => address[index];

    public static short @short(byte* address, int index) => ((short*)address)[index];

    public static ushort @ushort(byte* address, int index) => ((ushort*)address)[index];

    public static int @int(byte* address, int index) => ((int*)address)[index];

    public static uint @uint(byte* address, int index) => ((uint*)address)[index];

    public static long @long(byte* address, int index) => ((long*)address)[index];

    public static float @float(byte* address, int index) => ((float*)address)[index];

    public static double @double(byte* address, int index) => ((double*)address)[index];
}
