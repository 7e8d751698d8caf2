global using MemSentry.Attacks.Contract;
