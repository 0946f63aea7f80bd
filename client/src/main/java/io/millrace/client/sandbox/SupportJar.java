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
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A small jar, first on the daemons' class path: {@link DaemonMain}, {@link KdcMain}, {@link
 * TicketMain}, {@link OwnFiles}, the daemons' web pages, and the packages of their REST resources.
 *
 * <p>Jetty unpacks a web application, and Jersey looks through a package, by reading the whole jar
 * that has it, and here that is one of 20 to 56 MB: without this jar NameNode and NodeManager spend
 * 3 to 4 s of processor time on it at every start. The jar is named after its content, so that the
 * class-data archives outlive a new build of everything else.
 */
final class SupportJar {
    private static final List<String> OWN_CLASSES =
            List.of(
                    "DaemonMain.class",
                    "DaemonMain$ContextLoader.class",
                    "KdcMain.class",
                    "TicketMain.class");

    private static final String OWN_FILES = "OwnFiles.class";
    private static final String SECURE_FILES = "org/apache/hadoop/io/SecureIOUtils";

    private SupportJar() {}

    /** The jar in {@code directory}, made if absent. Entries of earlier libraries win. */
    static Path in(Path directory, List<Path> libraries) throws IOException {
        Path jar = directory.resolve("support-" + fingerprint(libraries) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Path aside = Files.createTempFile(directory, "support", ".new");
        try (OutputStream file = Files.newOutputStream(aside);
                ZipOutputStream out = new ZipOutputStream(file)) {
            String packageName = DaemonMain.class.getPackageName().replace('.', '/');
            for (String name : OWN_CLASSES) {
                out.putNextEntry(new ZipEntry(packageName + "/" + name));
                out.write(bytes(name));
                out.closeEntry();
            }
            out.putNextEntry(new ZipEntry(SECURE_FILES + ".class"));
            out.write(RenamedClass.of(bytes(OWN_FILES), packageName + "/OwnFiles", SECURE_FILES));
            out.closeEntry();
            Set<String> written = new HashSet<>();
            for (Path library : libraries) {
                copy(library, out, written);
            }
        }
        Files.move(aside, jar, StandardCopyOption.REPLACE_EXISTING);
        return jar;
    }

    private static String fingerprint(List<Path> libraries) throws IOException {
        CRC32 crc = new CRC32();
        for (String name : OWN_CLASSES) {
            crc.update(bytes(name));
        }
        crc.update(bytes(OWN_FILES));
        for (Path library : libraries) {
            crc.update(library.getFileName().toString().getBytes());
        }
        return String.format("%08x", crc.getValue());
    }

    private static byte[] bytes(String ownClass) throws IOException {
        try (InputStream in = DaemonMain.class.getResourceAsStream(ownClass)) {
            return in.readAllBytes();
        }
    }

    private static void copy(Path library, ZipOutputStream out, Set<String> written)
            throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            var entries = jar.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (DaemonMain.SEARCHED.stream().noneMatch(name::startsWith)
                        || !written.add(name)) {
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
