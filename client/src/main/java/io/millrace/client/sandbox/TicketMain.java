package io.millrace.client.sandbox;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code kinit} does, on machines without it: gets a ticket with a keytab and leaves it in a
 * cache of tickets. It runs from the {@link SupportJar} beside Kerby's libraries and uses no other
 * class of this project.
 */
public final class TicketMain {
    private static final String CLIENT = "org.apache.kerby.kerberos.kerb.client.";

    private TicketMain() {}

    /**
     * @param args the directory of krb5.conf, the principal, its keytab, the cache, the ticket's
     *     life in seconds
     */
    public static void main(String[] args) throws Exception {
        Class<?> kind = Class.forName(CLIENT + "KrbClient");
        Class<?> options = Class.forName("org.apache.kerby.KOptions");
        Class<?> option = Class.forName("org.apache.kerby.KOption");
        Class<?> ticket = Class.forName("org.apache.kerby.kerberos.kerb.type.ticket.TgtTicket");
        Object client = kind.getConstructor(File.class).newInstance(new File(args[0]));
        kind.getMethod("setAllowUdp", boolean.class).invoke(client, false);
        kind.getMethod("init").invoke(client);
        Object wanted = options.getConstructor().newInstance();
        Map<String, Object> values =
                Map.of(
                        "CLIENT_PRINCIPAL",
                        args[1],
                        "USE_KEYTAB",
                        true,
                        "KEYTAB_FILE",
                        Path.of(args[2]).toFile(),
                        "LIFE_TIME",
                        Integer.parseInt(args[4]));
        for (Map.Entry<String, Object> value : values.entrySet()) {
            options.getMethod("add", option, Object.class)
                    .invoke(
                            wanted,
                            Class.forName(CLIENT + "KrbOption").getField(value.getKey()).get(null),
                            value.getValue());
        }
        Object granted = kind.getMethod("requestTgt", options).invoke(client, wanted);
        kind.getMethod("storeTicket", ticket, File.class)
                .invoke(client, granted, new File(args[3]));
    }
}
