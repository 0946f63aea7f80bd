package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainMethodTest {
    private static final ClassLoader LOADER = MainMethodTest.class.getClassLoader();

    @TempDir Path directory;

    static final class Good {
        static String[] seen;

        private Good() {}

        public static void main(String[] args) {
            seen = args;
        }
    }

    static final class WithoutMain {
        private WithoutMain() {}
    }

    static final class NotStatic {
        private NotStatic() {}

        public void main(String[] args) {}
    }

    static final class Throws {
        private Throws() {}

        public static void main(String[] args) throws Exception {
            throw new java.io.IOException("no such thing");
        }
    }

    static final class Refused {
        private Refused() {}

        public static void main(String[] args) {
            throw new MillraceException(ErrorCode.PATH_NOT_FOUND, "/in does not exist.");
        }
    }

    private MainMethod of(Class<?> type) {
        return MainMethod.of(directory.resolve("a.jar"), type.getName(), LOADER);
    }

    @Test
    void callsMainWithTheArguments() {
        of(Good.class).call(List.of("a", "b"));
        assertThat(Good.seen).containsExactly("a", "b");
    }

    @Test
    void saysThatAClassIsNotThere() {
        assertThatThrownBy(() -> MainMethod.of(Path.of("a.jar"), "a.Missing", LOADER))
                .hasMessageStartingWith("NO_MAIN_CLASS: a.jar has no class a.Missing");
    }

    @Test
    void saysThatAClassHasNoMain() {
        assertThatThrownBy(() -> of(WithoutMain.class))
                .hasMessageContaining("has no 'public static void main(String[])'");
    }

    @Test
    void saysThatMainIsNotStatic() {
        assertThatThrownBy(() -> of(NotStatic.class))
                .hasMessageStartingWith("NO_MAIN_CLASS: ")
                .hasMessageContaining("not 'public static void'");
    }

    @Test
    void saysThatTheManifestNamesNone() {
        String jar = new CommandLineFixture(directory).jar("plain.jar");
        assertThatThrownBy(() -> MainMethod.of(Path.of(jar), null, LOADER))
                .hasMessageStartingWith("NO_MAIN_CLASS: the manifest of " + jar);
    }

    @Test
    void keepsWhatMainThrewAsTheCause() {
        assertThatThrownBy(() -> of(Throws.class).call(List.of()))
                .hasMessageStartingWith("MAIN_THREW: main of " + Throws.class.getName())
                .hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void passesOnErrorsOfTheEngine() {
        assertThatThrownBy(() -> of(Refused.class).call(List.of()))
                .hasMessageStartingWith("PATH_NOT_FOUND: /in");
    }
}
