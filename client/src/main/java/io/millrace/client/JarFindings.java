package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.host.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Classes in a program's jar that the engine or its plugins have their own of. Pure, but for
 * reading the jar.
 */
final class JarFindings {
    private static final Set<String> OF_API = Set.of("io/millrace/api/", "org/slf4j/");
    private static final String OURS = "io/millrace/";

    /** What belongs into a job's jar, though it is ours. */
    private static final Set<String> LIBRARIES =
            Set.of("io/millrace/connector/", "io/millrace/examples/", "io/millrace/cep/");

    private JarFindings() {}

    /**
     * @param exported packages that plugins give to jobs, as their manifests name them
     */
    static List<Finding> of(Path jar, List<String> exported) {
        List<String> api = new ArrayList<>();
        List<String> ofPlugins = new ArrayList<>();
        Set<String> engine = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .forEach(
                            name -> {
                                if (exported.stream().anyMatch(each -> isIn(each, name))) {
                                    ofPlugins.add(name);
                                }
                                if (OF_API.stream().anyMatch(name::startsWith)) {
                                    api.add(name);
                                } else if (name.startsWith(OURS)
                                        && LIBRARIES.stream().noneMatch(name::startsWith)) {
                                    engine.add(name.substring(0, name.lastIndexOf('/')));
                                }
                            });
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.JAR_UNREADABLE, jar + " cannot be read: " + e.getMessage(), e);
        }
        List<Finding> findings = new ArrayList<>();
        if (!api.isEmpty()) {
            findings.add(
                    Finding.warning(
                            "api-in-jar",
                            api.size()
                                    + " classes of the API, such as "
                                    + api.get(0)
                                    + ", are never used: the engine's own take their place",
                            jar.getFileName().toString(),
                            "give millrace-api and slf4j-api the scope 'provided'"));
        }
        if (!ofPlugins.isEmpty()) {
            findings.add(
                    Finding.warning(
                            "duplicate-classes",
                            ofPlugins.size()
                                    + " classes, such as "
                                    + ofPlugins.get(0)
                                    + ", are never used: those of a plugin of the same names take"
                                    + " their place, perhaps of another version",
                            jar.getFileName().toString(),
                            "give that connector or library the scope 'provided'"));
        }
        if (!engine.isEmpty()) {
            findings.add(
                    Finding.warning(
                            "engine-in-jar",
                            "the jar has the engine in it ("
                                    + engine.iterator().next()
                                    + "), perhaps of another version than the cluster's",
                            jar.getFileName().toString(),
                            "leave out all but the API (provided) and connectors"));
        }
        return findings;
    }

    /** Whether an entry is a class of an exported package, {@code a.b} or {@code a.b.*}. */
    private static boolean isIn(String exported, String name) {
        String of = name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.');
        if (!exported.endsWith(".*")) {
            return of.equals(exported);
        }
        String above = exported.substring(0, exported.length() - 2);
        return of.equals(above) || of.startsWith(above + ".");
    }
}
