package io.millrace.runtime.loader;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The plugins of a process: one class loader for each directory below {@code plugins/}, with the
 * root as its parent, and the packages that each exports to jobs by the manifest attribute {@code
 * Millrace-Exports}: {@code a.b} is one package, {@code a.b.*} is {@code a.b} and all below it.
 * With {@code Millrace-Sees-Engine} the parent is the engine's loader. Immutable.
 */
public final class Plugins {
    static final String EXPORTS = "Millrace-Exports";

    /** In the manifest of a library of ours that works with the engine's own classes. */
    static final String SEES_ENGINE = "Millrace-Sees-Engine";

    private static final String AND_BELOW = ".*";

    private final Map<String, ClassLoader> loaderByPackage;

    /** Whether any export has packages below it. */
    private final boolean anyTree;

    private Plugins(Map<String, ClassLoader> loaderByPackage) {
        this.loaderByPackage = loaderByPackage;
        this.anyTree = loaderByPackage.keySet().stream().anyMatch(name -> name.endsWith(AND_BELOW));
    }

    public static Plugins none() {
        return new Plugins(Map.of());
    }

    /**
     * Loads every directory in {@code plugins}; none if it does not exist.
     *
     * @param root the loader of the API
     * @throws MillraceException {@code JAR_UNREADABLE} naming the jar; {@code PROGRAM_INVALID} if
     *     two plugins export one package
     */
    public static Plugins load(Path plugins, ClassLoader root) {
        if (!Files.isDirectory(plugins)) {
            return none();
        }
        Map<String, ClassLoader> loaders = new TreeMap<>();
        for (Path directory : entries(plugins)) {
            List<Path> jars =
                    Files.isDirectory(directory)
                            ? entries(directory).stream()
                                    .filter(path -> path.toString().endsWith(".jar"))
                                    .toList()
                            : List.of();
            if (jars.isEmpty()) {
                continue;
            }
            ClassLoader loader =
                    new URLClassLoader(
                            "plugin-" + directory.getFileName(),
                            jars.stream().map(Plugins::url).toArray(URL[]::new),
                            jars.stream().anyMatch(jar -> attribute(jar, SEES_ENGINE) != null)
                                    ? Plugins.class.getClassLoader()
                                    : root);
            for (Path jar : jars) {
                for (String exported : exportsOf(jar)) {
                    if (loaders.putIfAbsent(exported, loader) != null) {
                        throw new MillraceException(
                                ErrorCode.PROGRAM_INVALID,
                                "two plugins in "
                                        + plugins
                                        + " export the package "
                                        + exported
                                        + ", the second one is "
                                        + jar
                                        + ". Remove one of them.");
                    }
                }
            }
        }
        return new Plugins(loaders);
    }

    /** The loader of the plugin that exports a package, or null. */
    ClassLoader exporterOf(String packageName) {
        ClassLoader exporter = loaderByPackage.get(packageName);
        if (exporter != null || !anyTree) {
            return exporter;
        }
        String above = packageName;
        while (exporter == null && !above.isEmpty()) {
            exporter = loaderByPackage.get(above + AND_BELOW);
            above = above.substring(0, Math.max(0, above.lastIndexOf('.')));
        }
        return exporter;
    }

    /** The exports as the manifests name them, sorted. */
    public List<String> exportedPackages() {
        return List.copyOf(loaderByPackage.keySet());
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static List<String> exportsOf(Path jar) {
        String value = attribute(jar, EXPORTS);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Of the jar's manifest; null if it has none of that name. */
    private static String attribute(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue(name);
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }

    static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw unreadable(jar, e);
        }
    }

    private static MillraceException unreadable(Path path, IOException cause) {
        return new MillraceException(
                ErrorCode.JAR_UNREADABLE,
                path + " cannot be read: " + cause.getMessage() + ". Check the distribution.",
                cause);
    }
}
