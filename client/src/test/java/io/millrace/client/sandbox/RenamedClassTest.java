package io.millrace.client.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenamedClassTest {
    @TempDir Path directory;

    private static final class Defining extends ClassLoader {
        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }

    @Test
    void theClassWorksUnderItsOtherName() throws Exception {
        byte[] own;
        try (InputStream in = OwnFiles.class.getResourceAsStream("OwnFiles.class")) {
            own = in.readAllBytes();
        }
        Class<?> renamed =
                new Defining()
                        .define(
                                RenamedClass.of(
                                        own, OwnFiles.class.getName().replace('.', '/'), "a/b/C"));
        assertThat(renamed.getName()).isEqualTo("a.b.C");

        File file = directory.resolve("made").toFile();
        try (FileOutputStream out =
                (FileOutputStream)
                        renamed.getMethod("createForWrite", File.class, int.class)
                                .invoke(null, file, 0640)) {
            out.write("text".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())))
                .isEqualTo("rw-r-----");
        try (InputStream in =
                (InputStream)
                        renamed.getMethod("openForRead", File.class, String.class, String.class)
                                .invoke(null, file, "ann", "staff")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("text");
        }
    }

    @Test
    void bytesThatAreNoClassAreRefused() {
        byte[] noClass = {0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 99};
        assertThatThrownBy(() -> RenamedClass.of(noClass, "a", "b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown constant 99");
    }
}
