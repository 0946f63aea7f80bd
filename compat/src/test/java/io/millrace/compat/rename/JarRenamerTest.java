package io.millrace.compat.rename;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.compat.rename.sample.OldFunction;
import io.millrace.compat.rename.sample.OldProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

class JarRenamerTest {
    private static final String SAMPLES = "io/millrace/compat/rename/sample/";
    private static final JarRenamer RENAMER =
            new JarRenamer(
                    Mapping.parse(
                            "test",
                            List.of(
                                    SAMPLES.replace('/', '.')
                                            + "OldFunction = "
                                            + SAMPLES.replace('/', '.')
                                            + "NewFunction")));

    @TempDir private Path directory;

    @Test
    void renamesInsideTheProgramsClasses() throws IOException {
        Map<String, byte[]> renamed = rename(Map.of(SAMPLES + "OldProgram.class", program()));

        assertThat(constants(renamed.get(SAMPLES + "OldProgram.class")))
                .contains("NewFunction")
                .doesNotContain(SAMPLES + "OldFunction;");
    }

    @Test
    void leavesOutClassesThatOursStandFor() throws IOException {
        Map<String, byte[]> renamed =
                rename(
                        Map.of(
                                SAMPLES + "OldFunction.class", bytesOf(OldFunction.class),
                                SAMPLES + "OldProgram.class", program()));

        assertThat(renamed).containsOnlyKeys(SAMPLES + "OldProgram.class");
    }

    @Test
    void renamesServiceFilesAndTheirLines() throws IOException {
        Map<String, byte[]> renamed =
                rename(
                        Map.of(
                                "META-INF/services/io.millrace.compat.rename.sample.OldFunction",
                                text("# ours\nshop.Shout\n" + OldFunction.class.getName())));

        assertThat(renamed)
                .containsOnlyKeys("META-INF/services/io.millrace.compat.rename.sample.NewFunction");
        assertThat(renamed.values().iterator().next())
                .isEqualTo(
                        text("# ours\nshop.Shout\nio.millrace.compat.rename.sample.NewFunction\n"));
    }

    @Test
    void renamesJarsInsideTheJar() throws IOException {
        byte[] nested = jar(Map.of(SAMPLES + "OldProgram.class", program()));

        Map<String, byte[]> renamed = rename(Map.of("lib/part.jar", nested));

        Map<String, byte[]> part = entries(renamed.get("lib/part.jar"));
        assertThat(constants(part.get(SAMPLES + "OldProgram.class"))).contains("NewFunction");
    }

    @Test
    void renamesClassesForNewerJavaToo() throws IOException {
        String newer = "META-INF/versions/17/" + SAMPLES;

        Map<String, byte[]> renamed =
                rename(
                        Map.of(
                                newer + "OldFunction.class", bytesOf(OldFunction.class),
                                newer + "OldProgram.class", program()));

        assertThat(renamed).containsOnlyKeys(newer + "OldProgram.class");
        assertThat(constants(renamed.get(newer + "OldProgram.class"))).contains("NewFunction");
    }

    @Test
    void dropsSignaturesAndKeepsOtherFiles() throws IOException {
        Map<String, byte[]> renamed =
                rename(
                        Map.of(
                                "META-INF/SHOP.SF", text("signature"),
                                "META-INF/MANIFEST.MF", text("Manifest-Version: 1.0\n"),
                                "words.txt", text("to be or not")));

        assertThat(renamed).containsOnlyKeys("META-INF/MANIFEST.MF", "words.txt");
        assertThat(renamed.get("words.txt")).isEqualTo(text("to be or not"));
    }

    @Test
    void givesTheSameBytesEachTime() throws IOException {
        Path from = directory.resolve("program.jar");
        Files.write(from, jar(Map.of("a.txt", text("a"))));

        RENAMER.rename(from, directory.resolve("one.jar"));
        RENAMER.rename(from, directory.resolve("two.jar"));

        assertThat(directory.resolve("one.jar"))
                .hasSameBinaryContentAs(directory.resolve("two.jar"));
    }

    @Test
    void refusesToWriteOverTheProgram() throws IOException {
        Path from = directory.resolve("program.jar");
        Files.write(from, jar(Map.of("a.txt", text("a"))));

        assertThatThrownBy(() -> RENAMER.rename(from, from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another name");
        assertThat(entries(Files.readAllBytes(from))).containsOnlyKeys("a.txt");
    }

    private Map<String, byte[]> rename(Map<String, byte[]> entries) throws IOException {
        Path from = directory.resolve("program.jar");
        Path to = directory.resolve("renamed.jar");
        Files.write(from, jar(entries));
        RENAMER.rename(from, to);
        return entries(Files.readAllBytes(to));
    }

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> entries(byte[] jar) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
            found.put(each.getName(), in.readAllBytes());
        }
        return found;
    }

    private static byte[] program() throws IOException {
        return bytesOf(OldProgram.class);
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream in =
                type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /** The constant pool as text. */
    private static String constants(byte[] classFile) {
        new ClassReader(classFile); // checks that it is a class
        return new String(classFile, StandardCharsets.ISO_8859_1);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
