package io.millrace.compat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.compat.members.MemberList;
import io.millrace.compat.rename.Mapping;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small programs in Flink's words, in {@code src/test/resources/programs}: ported and run. */
@Timeout(60)
class PortedProgramsTest {
    private static final Path PROGRAMS = Path.of("src", "test", "resources", "programs");

    @TempDir private Path directory;

    @Test
    void portedSourcesCompileAndRun() throws Exception {
        Path sources = directory.resolve("sources");
        Path classes = Files.createDirectories(directory.resolve("classes"));

        SourceTree.Outcome outcome =
                new SourceTree(new SourcePort(Mapping.shipped(), MemberList.shipped()))
                        .port(PROGRAMS, sources);
        assertThat(outcome.leftovers()).isEmpty();
        assertThat(outcome.changed()).isEqualTo(outcome.files());
        compile(sources, classes);

        try (URLClassLoader program =
                        new URLClassLoader(
                                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                EmbeddedJobExecutor engine =
                        new EmbeddedJobExecutor(
                                Config.of(Map.of("parallelism.default", "2")), program)) {
            StreamExecutionEnvironment.runWith(engine);
            List<?> counts =
                    (List<?>)
                            program.loadClass("shop.Orders")
                                    .getMethod("count", String[].class)
                                    .invoke(null, (Object) new String[] {"tea milk", "tea"});
            assertThat(new ArrayList<Object>(counts))
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder("(tea,2)", "(milk,1)");
            repairOfDataSets(program.loadClass("bank.Repair"));
        } finally {
            StreamExecutionEnvironment.clear();
        }
    }

    /** A savepoint that is made, read and repaired by data sets, and a job that goes on from it. */
    private void repairOfDataSets(Class<?> program) throws Exception {
        String written = directory.resolve("written").toUri().toString();
        String repaired = directory.resolve("repaired").toUri().toString();
        Method create = program.getMethod("create", String.class);
        Method read = program.getMethod("read", String.class);
        Method repair = program.getMethod("repair", String.class, String.class);
        Method goOn = program.getMethod("goOn", String.class);

        create.invoke(null, written);
        assertThat(read.invoke(null, written))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(9)
                .contains("ann=5", "bob=1000", "items 45", "union 10", "sum 6", "sum 4")
                .contains("sum 14", "sum 21");
        repair.invoke(null, written, repaired);
        assertThat(goOn.invoke(null, repaired))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder("ann=6", "bob=11");
        assertThatThrownBy(() -> read.invoke(null, repaired))
                .rootCause()
                .hasMessageContaining("no operator with the uid 'items'")
                .hasMessageContaining("'balances'");
        assertThatThrownBy(
                        () ->
                                program.getMethod("readAnotherList", String.class)
                                        .invoke(null, written))
                .rootCause()
                .hasMessageContaining("articles")
                .hasMessageContaining("items");
        assertThatThrownBy(
                        () ->
                                program.getMethod("removeAnother", String.class)
                                        .invoke(null, written))
                .rootCause()
                .hasMessageContaining("no operator with the uid 'accounts'")
                .hasMessageContaining("'balances'");
        assertThat(
                        program.getMethod("evicted", String.class)
                                .invoke(null, directory.resolve("evicted").toUri().toString()))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(2L, 1L);
        assertThatThrownBy(() -> repair.invoke(null, written, repaired))
                .rootCause()
                .hasMessageContaining("OUTPUT_EXISTS");
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(sources)) {
            List<Path> java = tree.filter(file -> file.toString().endsWith(".java")).toList();
            boolean compiled =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of(
                                            "-d",
                                            classes.toString(),
                                            "-cp",
                                            System.getProperty("java.class.path")),
                                    null,
                                    files.getJavaFileObjectsFromPaths(java))
                            .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
