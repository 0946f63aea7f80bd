package io.millrace.host.rest;

/** The version of Millrace that runs. */
final class Version {
    private Version() {}

    /** As the jar's manifest says; {@code unpackaged} when the classes come from a directory. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
