package io.millrace.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    @Test
    void saysWhereItDoesNotLoadAndWhatToDo() {
        assertThat(NativeLibrary.failure(Path.of("/tmp/x"), new UnsatisfiedLinkError("no such")))
                .hasMessageStartingWith("STORAGE_FAILED")
                .hasMessageContaining(System.getProperty("os.arch"))
                .hasMessageContaining("/tmp/x")
                .hasMessageContaining("state.backend.type=heap");
    }
}
