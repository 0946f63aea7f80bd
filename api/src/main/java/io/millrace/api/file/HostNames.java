package io.millrace.api.file;

import java.util.Locale;

/** Whether two names mean one host: of data and of who reads it. Pure. */
public final class HostNames {
    private HostNames() {}

    /**
     * The form in which the names of one host are equal: its first name in lower case, whatever
     * domain and case it is written with; of an address, the address.
     */
    public static String key(String host) {
        int dot = host.indexOf('.');
        boolean address = !host.isEmpty() && Character.isDigit(host.charAt(0));
        String name = dot < 0 || address ? host : host.substring(0, dot);
        return name.toLowerCase(Locale.ROOT);
    }
}
