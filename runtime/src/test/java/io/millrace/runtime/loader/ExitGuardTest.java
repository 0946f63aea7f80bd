package io.millrace.runtime.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ExitInFunctionError;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitGuardTest {
    @TempDir Path work;

    private void call(String body) throws Exception {
        Path jar =
                ProgramJars.in(work)
                        .jar(
                                "job",
                                Map.of(
                                        "a.Function",
                                        "public class Function implements Runnable {"
                                                + " void exit(int status) {}"
                                                + " public void run() {"
                                                + body
                                                + " } }"),
                                null);
        try (URLClassLoader loader =
                new UserLoaders(Plugins.none(), null).open("job", List.of(jar))) {
            Runnable function =
                    (Runnable) loader.loadClass("a.Function").getConstructor().newInstance();
            // On a thread as the engine's have it: no main below.
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    function.run();
                                    thrown.complete(null);
                                } catch (Throwable e) {
                                    thrown.complete(e);
                                }
                            });
            thread.start();
            Throwable seen = thrown.get();
            if (seen instanceof Error error) {
                throw error;
            }
            assertThat(seen).isNull();
        }
    }

    @Test
    void turnsSystemExitIntoAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> call("System.exit(3);"))
                .isInstanceOf(ExitInFunctionError.class)
                .hasMessageContaining("System.exit(3)")
                .hasMessageContaining("Throw an exception to fail the job");
    }

    @Test
    void turnsExitAndHaltOfTheRuntimeIntoErrors() {
        assertThatThrownBy(() -> call("Runtime.getRuntime().exit(4);"))
                .hasMessageContaining("Runtime.exit(4)");
        assertThatThrownBy(() -> call("Runtime.getRuntime().halt(5);"))
                .hasMessageContaining("Runtime.halt(5)");
    }

    @Test
    void findsMethodReferences() {
        assertThatThrownBy(
                        () ->
                                call(
                                        "java.util.function.IntConsumer end = System::exit;"
                                                + " end.accept(6);"))
                .hasMessageContaining("System.exit(6)");
        assertThatThrownBy(
                        () ->
                                call(
                                        "java.util.function.IntConsumer end ="
                                                + " Runtime.getRuntime()::halt; end.accept(7);"))
                .hasMessageContaining("Runtime.halt(7)");
    }

    @Test
    void aCatchOfExceptionsDoesNotHideIt() {
        assertThatThrownBy(() -> call("try { System.exit(8); } catch (Exception e) { return; }"))
                .isInstanceOf(ExitInFunctionError.class);
    }

    @Test
    void leavesOtherMethodsOfThatNameAlone() throws Exception {
        call("exit(1); System.nanoTime();");
    }

    @Test
    void leavesAClassWithoutSuchCallsAsItIs() throws Exception {
        byte[] classFile;
        try (InputStream in = ExitGuardTest.class.getResourceAsStream("ProgramJars.class")) {
            classFile = in.readAllBytes();
        }

        assertThat(ExitGuard.guarded(classFile)).isSameAs(classFile);
    }
}
