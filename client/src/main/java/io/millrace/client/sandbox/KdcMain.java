package io.millrace.client.sandbox;

import java.io.File;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * The main class of the sandbox's key distribution center: starts Hadoop's MiniKdc, makes the
 * principals, and leaves their keys in keytabs. It runs from the {@link SupportJar} and uses no
 * other class of this project.
 *
 * <p>Principals live in memory, so each start makes new keys; the keytabs get their names when they
 * are whole.
 */
public final class KdcMain {
    static final String DIRECTORY = "directory";
    static final String PORT = "port";
    static final String REALM_NAME = "realm.name";
    static final String REALM_DOMAIN = "realm.domain";

    /** Followed by the path of a keytab; the value names its principals, separated by blanks. */
    static final String KEYTAB = "keytab.";

    private KdcMain() {}

    /**
     * @param args the properties file
     */
    public static void main(String[] args) throws Exception {
        Properties wanted = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
            wanted.load(in);
        }
        Class<?> kind = Class.forName("org.apache.hadoop.minikdc.MiniKdc");
        Properties settings = (Properties) kind.getMethod("createConf").invoke(null);
        settings.setProperty("kdc.bind.address", "localhost");
        settings.setProperty("kdc.port", wanted.getProperty(PORT));
        settings.setProperty("org.name", wanted.getProperty(REALM_NAME));
        settings.setProperty("org.domain", wanted.getProperty(REALM_DOMAIN));
        File directory = new File(wanted.getProperty(DIRECTORY));
        Object kdc =
                kind.getConstructor(Properties.class, File.class).newInstance(settings, directory);
        kind.getMethod("start").invoke(kdc);
        for (String key : wanted.stringPropertyNames()) {
            if (key.startsWith(KEYTAB)) {
                Path keytab = Path.of(key.substring(KEYTAB.length()));
                Path aside = keytab.resolveSibling(keytab.getFileName() + ".new");
                kind.getMethod("createPrincipal", File.class, String[].class)
                        .invoke(kdc, aside.toFile(), wanted.getProperty(key).split(" "));
                Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rw-------"));
                Files.move(aside, keytab, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
