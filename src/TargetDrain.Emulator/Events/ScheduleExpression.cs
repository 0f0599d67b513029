using Cronos;

namespace TargetDrain.Emulator.Events;

/// <summary>
/// When a scheduled rule is due: rate(5 minutes), or cron(minutes hours day-of-month month day-of-week year) in UTC.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
/// </summary>
internal sealed partial class ScheduleExpression
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;
    private const long LongestRate = 10_000L * 365 * 24 * 60;

    private readonly TimeSpan rate;
    private readonly CronExpression? cron;
    private readonly HashSet<int> years = [];

    private ScheduleExpression(string text, TimeSpan rate) => (Text, this.rate) = (text, rate);

    private ScheduleExpression(string text, CronExpression cron, HashSet<int> years) => (Text, this.cron, this.years) = (text, cron, years);

    public string Text { get; }

    /// <exception cref="AwsErrorException">ValidationException.</exception>
    public static ScheduleExpression Parse(string text)
    {
        if (Rate().Match(text) is { Success: true } rate && ParseRate(rate) is { } every) return new ScheduleExpression(text, every);
        if (Cron().Match(text) is { Success: true } fields && ParseCron(text, fields.Groups[1].Value.Split(' ')) is { } cron) return cron;
        throw new AwsErrorException("ValidationException", "Parameter ScheduleExpression is not valid.");
    }

    /// <returns>Null when there is no such time any more.</returns>
    public DateTimeOffset? After(DateTimeOffset time)
    {
        if (cron is null) return rate < DateTimeOffset.MaxValue - time ? time + rate : null;
        for (var from = time.UtcDateTime; from.Year <= LastYear;)
        {
            if (cron.GetNextOccurrence(from) is not { } next || next.Year > LastYear) return null;
            if (years.Contains(next.Year)) return new DateTimeOffset(next, TimeSpan.Zero);
            // On to the last moment before the next year that counts.
            if (years.Where(year => year > next.Year).DefaultIfEmpty().Min() is not (> 0 and var year)) return null;
            from = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(-1);
        }
        return null;
    }

    // The unit agrees with the number: 1 minute, 5 minutes.
    private static TimeSpan? ParseRate(Match match)
    {
        if (!int.TryParse(match.Groups["value"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1) return null;
        if (match.Groups["many"].Success != (value > 1)) return null;
        var minutes = match.Groups["unit"].Value switch { "minute" => 1L, "hour" => 60, _ => 24 * 60 };
        // Beyond the calendar, as any larger number would be.
        return TimeSpan.FromMinutes(Math.Min(value * minutes, LongestRate));
    }

    private static ScheduleExpression? ParseCron(string text, string[] fields)
    {
        if (fields.Length != 6) return null;
        // One of the two days is left open with "?", the other says something.
        if ((fields[2] == "?") == (fields[4] == "?")) return null;
        if (Years(fields[5]) is not { } years) return null;
        // There Sunday is 1, here 0.
        if (DayZero().IsMatch(fields[4])) return null;
        fields[4] = Weekday().Replace(fields[4], day => (int.Parse(day.Value, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture));
        return CronExpression.TryParse(string.Join(' ', fields[..5]), out var cron) ? new ScheduleExpression(text, cron, years) : null;
    }

    /// <summary>Such as "*", "2026", "2026-2028", "2026,2030" or "2026/2".</summary>
    private static HashSet<int>? Years(string field)
    {
        var years = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            if (YearPart().Match(part) is not { Success: true } match) return null;
            var first = match.Groups["first"] is { Success: true } given ? Number(given) : FirstYear;
            var step = match.Groups["step"] is { Success: true } every ? Number(every) : 1;
            var last = match.Groups["last"] is { Success: true } end ? Number(end)
                : match.Groups["step"].Success || !match.Groups["first"].Success ? LastYear
                : first;
            if (first < FirstYear || last > LastYear || last < first || step < 1) return null;
            for (var year = first; year <= last; year += step) years.Add(year);
        }
        return years;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^rate\((?<value>\d{1,9}) (?<unit>minute|hour|day)(?<many>s)?\)\z")]
    private static partial Regex Rate();

    [GeneratedRegex(@"^cron\(([^)]*)\)\z")]
    private static partial Regex Cron();

    // Not what follows "#" or "/": those are counts.
    [GeneratedRegex(@"(?<![#/\d])[1-7](?!\d)")]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(?<![#/\d])0")]
    private static partial Regex DayZero();

    [GeneratedRegex(@"^(?:\*|(?<first>\d{4})(?:-(?<last>\d{4}))?)(?:/(?<step>\d{1,3}))?\z")]
    private static partial Regex YearPart();
}
