/* Wine 8 of Debian 12 lacks this library of Windows 10, of which the standard library of Rust uses one function. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T count) { return RtlGenRandom(to, (ULONG)count); }
