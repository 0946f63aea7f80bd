package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserJarTest {
    @TempDir Path directory;

    @Test
    void takesTheClassThatTheManifestNames() throws IOException {
        assertThat(UserJar.open(jar("a.Main"), null).mainClass()).isEqualTo("a.Main");
    }

    @Test
    void prefersTheClassThatTheUserNames() throws IOException {
        assertThat(UserJar.open(jar("a.Other"), "a.Main").mainClass()).isEqualTo("a.Main");
    }

    @Test
    void saysThatTheJarDoesNotExist() {
        assertThatThrownBy(() -> UserJar.open(directory.resolve("none.jar"), null))
                .hasMessageStartingWith("JAR_UNREADABLE")
                .hasMessageContaining("none.jar does not exist");
    }

    @Test
    void saysThatAFileIsNoJar() throws IOException {
        Path text = Files.writeString(directory.resolve("text.jar"), "no jar at all");
        assertThatThrownBy(() -> UserJar.open(text, null))
                .hasMessageStartingWith("JAR_UNREADABLE")
                .hasMessageContaining("text.jar");
        assertThatThrownBy(() -> UserJar.open(directory, null))
                .hasMessageContaining("is no readable file");
    }

    @Test
    void saysThatNoClassIsNamedOrThatItIsMissing() throws IOException {
        assertThatThrownBy(() -> UserJar.open(jar(null), null))
                .hasMessageStartingWith("NO_MAIN_CLASS")
                .hasMessageContaining("names no Main-Class");
        assertThatThrownBy(() -> UserJar.open(jar("a.Main"), "a.Mian"))
                .hasMessageStartingWith("NO_MAIN_CLASS")
                .hasMessageContaining("a.Mian");
    }

    private Path jar(String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (mainClass != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        Path file = directory.resolve("job.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            out.putNextEntry(new JarEntry("a/Main.class"));
            out.closeEntry();
        }
        return file;
    }
}
