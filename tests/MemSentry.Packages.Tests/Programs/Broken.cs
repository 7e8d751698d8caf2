static class Broken
{
    static void Nothing()
    {
        MemSentry.MemSentryMarkers.SafeRegionAccess();
    }
}
