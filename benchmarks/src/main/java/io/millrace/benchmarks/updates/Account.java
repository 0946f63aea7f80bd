package io.millrace.benchmarks.updates;

/**
 * State as services have it: texts, numbers and times. A POJO by the rules of both engines. Not
 * changed after it was made.
 */
public class Account {
    private static final String[] CITIES = {
        "Amsterdam",
        "Bratislava",
        "Copenhagen",
        "Dubrovnik",
        "Edinburgh",
        "Firenze",
        "Gdansk",
        "Hamburg"
    };
    private static final long OPENED_MS = 1_700_000_000_000L;

    public long number;
    public String owner;
    public String city;
    public String mail;
    public long balance;
    public int visits;
    public double rating;
    public long openedMs;
    public long changedMs;
    public boolean blocked;

    public Account() {}

    public static Account opened(long key) {
        Account account = new Account();
        account.number = 10_000_000_000L + key;
        account.owner = "Customer number " + key;
        account.city = CITIES[(int) key & CITIES.length - 1];
        account.mail = "customer." + Long.toString(key, 36) + "@mail.example";
        account.balance = key * 31 % 1_000_003;
        account.rating = key % 50 / 10.0;
        account.openedMs = OPENED_MS + key * 997;
        account.changedMs = account.openedMs;
        return account;
    }

    public Account changed(long key) {
        Account after = new Account();
        after.number = number;
        after.owner = owner;
        after.city = city;
        after.mail = mail;
        after.balance = balance + (key & 1023) - 500;
        after.visits = visits + 1;
        after.rating = rating;
        after.openedMs = openedMs;
        after.changedMs = changedMs + 1000;
        after.blocked = after.balance < 0;
        return after;
    }
}
