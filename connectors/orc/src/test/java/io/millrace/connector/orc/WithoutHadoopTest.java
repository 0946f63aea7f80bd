package io.millrace.connector.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.CompressionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job has what the module brings, and no other classes of Hadoop; the other tests write with
 * them.
 */
class WithoutHadoopTest {
    @Test
    void filesAreReadWithoutHadoopsRuntime(@TempDir Path work) throws Exception {
        Path file = work.resolve("a.orc");
        WrittenFile.write(file, 500, 1_000, CompressionKind.SNAPPY);
        try (URLClassLoader job = withoutRuntime()) {
            long rows =
                    (long)
                            job.loadClass(CountedRows.class.getName())
                                    .getMethod("of", String.class, long.class)
                                    .invoke(null, file.toString(), Files.size(file));
            assertThat(rows).isEqualTo(500);
        }
    }

    @Test
    void writingSaysWhichClassesItNeedsBesides(@TempDir Path work) throws Exception {
        try (URLClassLoader job = withoutRuntime()) {
            Method writing =
                    job.loadClass(WrittenRows.class.getName())
                            .getMethod("to", String.class, long.class);

            assertThatThrownBy(() -> writing.invoke(null, work.resolve("a.orc").toString(), 500))
                    .rootCause()
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> writing.invoke(null, work.resolve("b.orc").toString(), 500))
                    .cause()
                    .hasMessageContaining("Add org.apache.hadoop:hadoop-client-runtime");
        }
    }

    private static URLClassLoader withoutRuntime() throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("hadoop-client-runtime")) {
                jars.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
