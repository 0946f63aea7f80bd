package io.millrace.runtime.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLoadersTest {
    @TempDir Path work;

    @Test
    void theJobsOwnLibraryWinsOverTheOneBelowTheEngine() throws Exception {
        Path jar = jar("job", Map.of("com.lib.Guava", "public class Guava {}"), null);
        try (URLClassLoader loader =
                new UserLoaders(Plugins.none(), null).open("job", List.of(jar))) {
            assertThat(loader.loadClass("com.lib.Guava").getClassLoader()).isSameAs(loader);
        }
    }

    @Test
    void theApiIsTheEnginesEvenIfTheJarBringsItsOwn() throws Exception {
        Path jar =
                jar("fat", Map.of("io.millrace.api.option.Config", "public class Config {}"), null);
        UserLoaders loaders = new UserLoaders(Plugins.none(), null);
        try (URLClassLoader loader = loaders.open("job", List.of(jar))) {
            assertThat(loader.loadClass(Config.class.getName())).isSameAs(Config.class);
        }
        assertThat(loaders.shadowedIn(jar)).containsExactly("io.millrace.api.option.Config");
    }

    @Test
    void aJobSeesThePackagesThatPluginsExportAndNoOthers() throws Exception {
        Path plugins = work.resolve("plugins");
        Path plugin = Files.createDirectories(plugins.resolve("files"));
        Files.move(
                jar(
                        "connector",
                        Map.of(
                                "con.open.Door", "public class Door {}",
                                "con.hidden.Room", "public class Room {}"),
                        "con.open"),
                plugin.resolve("connector.jar"));
        Path job = jar("job", Map.of("com.me.Program", "public class Program {}"), null);
        UserLoaders loaders =
                new UserLoaders(Plugins.load(plugins, Config.class.getClassLoader()), null);

        try (URLClassLoader loader = loaders.open("job", List.of(job))) {
            assertThat(loader.loadClass("con.open.Door").getClassLoader().getName())
                    .isEqualTo("plugin-files");
            assertThatThrownBy(() -> loader.loadClass("con.hidden.Room"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void anExportThatEndsInAStarHasAllPackagesBelow() throws Exception {
        Path plugins = work.resolve("plugins");
        Path plugin = Files.createDirectories(plugins.resolve("queue"));
        Files.move(
                jar(
                        "client",
                        Map.of(
                                "con.open.Door", "public class Door {}",
                                "con.open.deep.er.Lamp", "public class Lamp {}",
                                "con.opened.Room", "public class Room {}"),
                        "con.open.*"),
                plugin.resolve("client.jar"));
        Path job = jar("job", Map.of("con.open.Door", "public class Door {}"), null);
        UserLoaders loaders =
                new UserLoaders(Plugins.load(plugins, Config.class.getClassLoader()), null);

        try (URLClassLoader loader = loaders.open("job", List.of(job))) {
            assertThat(loader.loadClass("con.open.Door").getClassLoader().getName())
                    .isEqualTo("plugin-queue");
            assertThat(loader.loadClass("con.open.deep.er.Lamp").getClassLoader().getName())
                    .isEqualTo("plugin-queue");
            assertThatThrownBy(() -> loader.loadClass("con.opened.Room"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void aPluginSeesTheEngineIfItSaysSoAndOnlyThen() throws Exception {
        Path plugins = work.resolve("plugins");
        for (String name : List.of("library", "connector")) {
            Path plugin = Files.createDirectories(plugins.resolve(name));
            Files.move(
                    jar(
                            name,
                            Map.of("con." + name + ".Door", "public class Door {}"),
                            "con." + name),
                    plugin.resolve(name + ".jar"));
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Plugins.SEES_ENGINE, "true");
        Path marked = plugins.resolve("library/marked.jar");
        new JarOutputStream(Files.newOutputStream(marked), manifest).close();

        Plugins loaded = Plugins.load(plugins, ClassLoader.getPlatformClassLoader());

        String engine = Plugins.class.getName();
        assertThat(loaded.exporterOf("con.library").loadClass(engine)).isSameAs(Plugins.class);
        assertThatThrownBy(() -> loaded.exporterOf("con.connector").loadClass(engine))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aConnectorThatIsNotThereIsNamedWithTheFileToAdd() throws Exception {
        Path job = jar("job", Map.of("com.me.Program", "public class Program {}"), null);
        try (URLClassLoader loader =
                new UserLoaders(Plugins.none(), null).open("job", List.of(job))) {
            assertThatThrownBy(
                            () -> loader.loadClass("io.millrace.connector.lamp.source.LampSource"))
                    .isInstanceOf(ClassNotFoundException.class)
                    .hasMessageContaining("io.millrace.connector.lamp.source.LampSource")
                    .hasMessageContaining("plugins/lamp")
                    .hasMessageContaining("millrace-connector-lamp");
        }
    }

    @Test
    void twoPluginsMustNotExportOnePackage() throws Exception {
        Path plugins = work.resolve("plugins");
        for (String name : List.of("a", "b")) {
            Path directory = Files.createDirectories(plugins.resolve(name));
            Files.move(
                    jar(name, Map.of("con.open.Door", "public class Door {}"), "con.open"),
                    directory.resolve(name + ".jar"));
        }
        assertThatThrownBy(() -> Plugins.load(plugins, Config.class.getClassLoader()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("con.open")
                .hasMessageContaining("b.jar");
    }

    @Test
    void aJobKeepsItsLoaderUntilItIsReleased() throws Exception {
        String jar = jar("job", Map.of("com.me.A", "public class A {}"), null).toString();
        JobId job = new JobId("0".repeat(32));
        try (UserLoaders loaders = new UserLoaders(Plugins.none(), null)) {
            ClassLoader first = loaders.of(job, List.of(jar));
            assertThat(loaders.of(job, List.of(jar))).isSameAs(first);
            loaders.release(job);
            assertThat(loaders.of(job, List.of(jar))).isNotSameAs(first);
        }
    }

    @Test
    void aFileThatIsNoJarIsNamed() throws Exception {
        Path noJar = Files.writeString(work.resolve("no.jar"), "this is text");
        assertThatThrownBy(() -> new UserLoaders(Plugins.none(), null).open("job", List.of(noJar)))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("JAR_UNREADABLE: " + noJar);
    }

    private Path jar(String name, Map<String, String> bodyByClass, String exports)
            throws IOException {
        return ProgramJars.in(work).jar(name, bodyByClass, exports);
    }
}
