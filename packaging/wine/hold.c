/* Holds a file as Excel does, so that nobody else may even read it, and a folder as scanners and indexers do, so that
 * nobody may move it.
 * hold PATH SECONDS waits up to ten minutes for the path, prints "held", and lets go after so many seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
    if (count != 3) return 64;
    DWORD attributes = GetFileAttributesW(words[1]);
    BOOL is_file = attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
    DWORD shared = is_file ? 0 : FILE_SHARE_READ | FILE_SHARE_WRITE;
    for (int attempt = 0; attempt < 120000; attempt++) {
        HANDLE held = CreateFileW(words[1], GENERIC_READ, shared, NULL, OPEN_EXISTING,
                                  FILE_FLAG_BACKUP_SEMANTICS, NULL);
        if (held != INVALID_HANDLE_VALUE) {
            puts("held");
            fflush(stdout);
            Sleep(1000 * _wtoi(words[2]));
            CloseHandle(held);
            return 0;
        }
        Sleep(5);
    }
    return 1;
}
