package io.millrace.client.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small jar with nothing but the daemons' web pages and the packages of their REST resources,
 * first on their class path.
 *
 * <p>Jetty unpacks a web application, and Jersey looks through a package, by reading the whole jar
 * that has it, and here that is one of 20 to 56 MB: without this jar NameNode and NodeManager spend
 * 3 to 4 s of processor time on it at every start.
 */
final class WebPages {
    private static final List<String> PREFIXES =
            List.of(
                    "webapps/",
                    "org/apache/hadoop/hdfs/web/resources/",
                    "org/apache/hadoop/hdfs/server/namenode/web/resources/",
                    "org/apache/hadoop/yarn/server/nodemanager/webapp/");

    private WebPages() {}

    /** Whether a resource that is looked for by name is wholly in this jar. */
    static boolean has(String resource) {
        return PREFIXES.contains(resource.endsWith("/") ? resource : resource + "/");
    }

    /** Writes the jar unless it is there. Entries of earlier libraries win, as on a class path. */
    static void write(Path jar, List<Path> libraries) throws IOException {
        if (Files.exists(jar)) {
            return;
        }
        Path aside = jar.resolveSibling(jar.getFileName() + ".new");
        Set<String> written = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(aside);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Path library : libraries) {
                copy(library, out, written);
            }
        }
        Files.move(aside, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path library, ZipOutputStream out, Set<String> written)
            throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            var entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (PREFIXES.stream().noneMatch(name::startsWith) || !written.add(name)) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(name));
                try (InputStream in = jar.getInputStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
