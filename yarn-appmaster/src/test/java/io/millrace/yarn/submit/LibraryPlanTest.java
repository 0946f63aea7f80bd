package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryPlanTest {
    @TempDir Path home;

    @Test
    void takesLibrariesAndPluginsAndNothingElse() throws IOException {
        distribution();
        write("lib/notes.txt", "x");
        write("examples/wordcount.jar", "x");
        write("sandbox/lib/daemon.jar", "x");
        LibraryPlan plan = LibraryPlan.of(home);
        assertThat(plan.entries().stream().map(LibraryPlan.Entry::name))
                .containsExactly(
                        "lib/api.jar",
                        "lib/engine/runtime.jar",
                        "lib/hadoop/client.jar",
                        "plugins/files/files.jar");
        assertThat(plan.rootJars()).containsExactly("lib/api.jar");
    }

    @Test
    void hashesNamesAndContentsButNotTimes() throws IOException {
        distribution();
        String hash = LibraryPlan.of(home).hash();
        assertThat(hash).matches("[0-9a-f]{64}");
        Files.setLastModifiedTime(home.resolve("lib/api.jar"), FileTime.fromMillis(1));
        assertThat(LibraryPlan.of(home).hash()).isEqualTo(hash);
        write("lib/api.jar", "apj");
        assertThat(LibraryPlan.of(home).hash()).isNotEqualTo(hash);
        write("lib/api.jar", "api");
        Files.move(home.resolve("lib/api.jar"), home.resolve("lib/apj.jar"));
        assertThat(LibraryPlan.of(home).hash()).isNotEqualTo(hash);
    }

    @Test
    void saysThatADirectoryIsNoDistribution() {
        assertThatThrownBy(() -> LibraryPlan.of(home))
                .hasMessageStartingWith("USAGE")
                .hasMessageContaining(home.toString());
    }

    @Test
    void archivesEveryFileAndKnowsTheLengthBefore() throws IOException {
        distribution();
        LibraryPlan plan = LibraryPlan.of(home);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StoredZip zip = new StoredZip(bytes)) {
            for (LibraryPlan.Entry entry : plan.entries()) {
                zip.add(entry.name(), entry.file(), entry.sizeBytes(), entry.crc());
            }
        }
        assertThat((long) bytes.size()).isEqualTo(StoredZip.lengthBytes(plan.entries()));
        TreeMap<String, String> unpacked = new TreeMap<>();
        try (ZipInputStream in =
                new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                unpacked.put(entry.getName(), new String(in.readAllBytes()));
            }
        }
        assertThat(unpacked)
                .containsEntry("lib/api.jar", "api")
                .containsEntry("plugins/files/files.jar", "files")
                .hasSize(4);
    }

    private void distribution() throws IOException {
        write("lib/api.jar", "api");
        write("lib/engine/runtime.jar", "runtime");
        write("lib/hadoop/client.jar", "client");
        write("plugins/files/files.jar", "files");
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
